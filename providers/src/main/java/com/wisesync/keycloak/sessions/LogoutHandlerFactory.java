package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;

/** Handles rows of kind {@value ApplicationLogout#KIND}. */
public final class LogoutHandlerFactory implements EntryHandlerFactory {

    private LogoutSender sender;

    @Override
    public String getId() {
        return ApplicationLogout.KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new LogoutHandler(session, sender);
    }

    /** More than the lanes of three applications that never answer: the others still receive their logouts. */
    @Override
    public int parallel() {
        return 16;
    }

    @Override
    public Duration longestSend() {
        return LogoutSender.TIMEOUT.plusSeconds(3);
    }

    /** After this time, applications that respect the tokens' lifetime no longer accept tokens of the session. */
    @Override
    public Duration giveUpAfter() {
        return Duration.ofHours(12);
    }

    @Override
    public Duration keepEnded() {
        return Duration.ofHours(1);
    }

    @Override
    public void init(Config.Scope config) {
        // Not before: it reads Keycloak's settings of outgoing requests.
        sender = new LogoutSender();
    }
}
