package com.wisesync.keycloak.scim;

/** A request that is answered with a {@link ScimError}. */
final class ScimErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ScimError error;

    ScimErrorException(ScimError error) {
        super(error.reason().key());
        this.error = error;
    }

    ScimError error() {
        return error;
    }
}
