package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Sends the mails that wait in the outbox. */
public final class MailHandlerFactory implements EntryHandlerFactory {

    @Override
    public String getId() {
        return Mails.KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new MailHandler(session);
    }

    /** Somebody's import is no reason to let others wait for their login: rendering a mail is work for the processor. */
    @Override
    public int parallel() {
        return 2;
    }

    /** Keycloak's sender allows 10 seconds each to connect, write and read (DefaultEmailSenderProvider, 26.7). */
    @Override
    public Duration longestSend() {
        return Duration.ofSeconds(60);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
