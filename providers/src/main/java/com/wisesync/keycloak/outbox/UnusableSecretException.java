package com.wisesync.keycloak.outbox;

/** A secret is missing in the vault or invalid. The message and the error name its reference and contain nothing of it. */
public final class UnusableSecretException extends Exception {

    static final String MISSING = "wiseSyncSecretMissing";

    private static final long serialVersionUID = 1;

    private final transient DeliveryError error;

    UnusableSecretException(DeliveryError error) {
        super(error.detail());
        this.error = error;
    }

    /** Whether there is no secret; otherwise it is invalid. */
    public boolean isMissing() {
        return error.key().equals(MISSING);
    }

    /** What to store in the row. */
    public DeliveryError error() {
        return error;
    }
}
