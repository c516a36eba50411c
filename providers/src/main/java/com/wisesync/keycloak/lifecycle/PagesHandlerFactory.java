package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/** Expands entries about many users into one for each. */
public final class PagesHandlerFactory implements EntryHandlerFactory {

    @Override
    public String getId() {
        return PagesRow.KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new PagesHandler(session);
    }

    @Override
    public Duration keepEnded() {
        return Duration.ofHours(1);
    }
}
