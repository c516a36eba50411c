package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.UnusableSecretException;

/** Wise-Pay gave no usable answer. The message is for the log; users read that Wise-Pay cannot be reached. */
public final class WisePayUnreachableException extends Exception {

    private static final long serialVersionUID = 1;

    WisePayUnreachableException(String message) {
        super(message);
    }

    WisePayUnreachableException(Exception cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether our API key is missing or invalid, so that trying again does not help. The message names it, without the key. */
    public boolean isKeyUnusable() {
        return getCause() instanceof UnusableSecretException;
    }
}
