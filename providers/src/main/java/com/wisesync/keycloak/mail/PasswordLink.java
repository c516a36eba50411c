package com.wisesync.keycloak.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.keycloak.authentication.actiontoken.DefaultActionToken;

/** The token in the link of an invitation or a password email. */
final class PasswordLink extends DefaultActionToken {

    static final String TYPE = "wise-sync-password-link";

    private static final long serialVersionUID = 1;

    /** The outbox row of the email. */
    @JsonProperty("row")
    private String row;

    /** The user's state when the link was created, see {@link LinkRules#fingerprint}. */
    @JsonProperty("state")
    private String state;

    @JsonProperty("invitation")
    private boolean invitation;

    PasswordLink() {
        // For Jackson.
    }

    PasswordLink(String userId, String email, Instant expires, String row, String state, boolean invitation) {
        super(userId, TYPE, Math.toIntExact(expires.getEpochSecond()), null);
        setEmail(email);
        this.row = row;
        this.state = state;
        this.invitation = invitation;
    }

    String row() {
        return row;
    }

    String state() {
        return state;
    }

    boolean isInvitation() {
        return invitation;
    }
}
