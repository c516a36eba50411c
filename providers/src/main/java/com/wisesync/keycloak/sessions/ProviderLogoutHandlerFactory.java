package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Handles rows of kind {@value ProviderLogout#KIND}. */
public final class ProviderLogoutHandlerFactory implements EntryHandlerFactory {

    private LogoutSender sender;

    @Override
    public String getId() {
        return ProviderLogout.KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new ProviderLogoutHandler(session, sender);
    }

    /** More than the lanes of one provider that never answers: the others still receive their logouts. */
    @Override
    public int parallel() {
        return 8;
    }

    @Override
    public Duration longestSend() {
        return LogoutSender.TIMEOUT.plusSeconds(3);
    }

    /** By then the session at the provider has usually ended by itself. */
    @Override
    public Duration giveUpAfter() {
        return Duration.ofHours(12);
    }

    @Override
    public Duration keepDelivered() {
        return Duration.ofHours(1);
    }

    @Override
    public void init(Config.Scope config) {
        // Not before: it reads Keycloak's settings of outgoing requests.
        sender = new LogoutSender();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to register.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
