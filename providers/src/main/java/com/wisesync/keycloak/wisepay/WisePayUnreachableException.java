package com.wisesync.keycloak.wisepay;

/** Wise-Pay gave no usable answer. The message is for the log; users read that Wise-Pay cannot be reached. */
public final class WisePayUnreachableException extends Exception {

    private static final long serialVersionUID = 1;

    WisePayUnreachableException(String message) {
        super(message);
    }

    WisePayUnreachableException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
