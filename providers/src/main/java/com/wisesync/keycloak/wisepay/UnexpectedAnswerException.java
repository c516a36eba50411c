package com.wisesync.keycloak.wisepay;

import java.io.IOException;

/** Wise-Pay, or a proxy before it, gave an answer that is not of the form of the contract. */
final class UnexpectedAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    UnexpectedAnswerException(String message) {
        super(message);
    }
}
