package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Sends the emails that are queued in the outbox. */
public final class EmailHandlerFactory implements EntryHandlerFactory {

    @Override
    public String getId() {
        return Emails.KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new EmailHandler(session);
    }

    /** Two at a time: rendering is CPU work, and a large import must not slow down logins. */
    @Override
    public int parallel() {
        return 2;
    }

    /** Keycloak's sender allows 10 seconds each to connect, write and read (DefaultEmailSenderProvider, 26.7). */
    @Override
    public Duration longestSend() {
        return Duration.ofSeconds(60);
    }

    /** Only the link of the newest invitation works. It may be sent to a corrected address. */
    @Override
    public Set<String> ownersOfReplacements() {
        return Set.of(Invitations.QUEUE);
    }

    /** The state of a user's invitation, also long after it has expired or was revoked: {@link Invitations}, {@link LinkRules}. */
    @Override
    public Set<String> keptTypes() {
        return Set.of(Emails.INVITATION, Emails.REVOCATION);
    }
}
