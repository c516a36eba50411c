package com.wisesync.keycloak.run;

import java.io.IOException;

/** A port is taken; the message says what to do. */
final class PortTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
        super(message);
    }
}
