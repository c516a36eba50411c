package com.wisesync.keycloak.wisepay;

/** Wise-Pay gave no answer that helps. Why is in the message, for the log; people are told that it can't be reached now. */
public final class WisePayUnreachableException extends Exception {

    private static final long serialVersionUID = 1;

    WisePayUnreachableException(String message) {
        super(message);
    }

    WisePayUnreachableException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
