package com.wisesync.keycloak.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.authentication.actiontoken.DefaultActionToken;

/** The token in the link of an invitation or a password email. */
final class PasswordLink extends DefaultActionToken {

    static final String TYPE = "wise-sync-password-link";

    private static final long serialVersionUID = 1;

    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(90);

    /** The outbox row of the email. */
    @JsonProperty("row")
    private String row;

    /** The user's state when the link was created, see {@link LinkRules#fingerprint}. */
    @JsonProperty("state")
    private String state;

    @JsonProperty("invitation")
    private boolean invitation;

    /** The user who sent the invitation; null for a service. */
    @JsonProperty("invitedBy")
    private String invitedBy;

    /** When the link expires, in seconds since 1970. */
    @JsonProperty("until")
    private long until;

    PasswordLink() {
        // For Jackson.
    }

    /** @param expires the token itself outlives this, so that the page of an expired link knows whose it was */
    PasswordLink(
            String userId,
            String email,
            Instant expires,
            String row,
            String state,
            String invitedBy,
            boolean invitation) {
        super(userId, TYPE, Math.toIntExact(expires.plus(KEPT_AFTER_EXPIRY).getEpochSecond()), null);
        this.until = expires.getEpochSecond();
        this.invitedBy = invitedBy;
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

    String invitedBy() {
        return invitedBy;
    }

    boolean isOver() {
        // Links of earlier versions have no such time: Keycloak refuses them when the token expires.
        return until > 0 && Instant.now().getEpochSecond() >= until;
    }

    boolean isInvitation() {
        return invitation;
    }
}
