package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/** Handles rows of kind {@value SessionEntry#KIND}. */
public final class SessionHandlerFactory implements EntryHandlerFactory {

    @Override
    public String getId() {
        return SessionEntry.KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new SessionHandler(session);
    }

    @Override
    public Duration keepEnded() {
        return Duration.ofHours(1);
    }
}
