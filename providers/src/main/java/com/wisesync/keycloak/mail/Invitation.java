package com.wisesync.keycloak.mail;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * The newest invitation of a user who has neither chosen a password nor logged in yet.
 *
 * @param sentAt when the mail server accepted the email; null before that
 * @param expiresAt when the link expires; null while there is no link
 * @param error why the email could not be sent, the last part of a message key; null unless the state is {@code FAILED}
 */
public record Invitation(State state, Instant sentAt, Instant expiresAt, String error) {

    /** The state of an invitation. */
    public enum State {
        WAITING,
        MAILED,
        EXPIRED,
        FAILED,
        REVOKED;

        /** The name in our API. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Invitation {
        Objects.requireNonNull(state, "state");
    }

    /** An invitation that was just queued. */
    public static Invitation waiting() {
        return new Invitation(State.WAITING, null, null, null);
    }
}
