package com.wisesync.keycloak.testing;

import java.time.Duration;
import java.time.Instant;

/** A user who stays logged in to an application during a test run. */
final class Session {

    private final Server server;
    private final Application application;
    private final Instant since = Instant.now();
    private Tokens tokens;

    Session(Server server, Application application, Tokens tokens) {
        this.server = server;
        this.application = application;
        this.tokens = tokens;
    }

    /** The admin API accepts some changes only within 15 minutes after the login. */
    boolean isRecent() {
        return since.plus(Duration.ofMinutes(10)).isAfter(Instant.now());
    }

    synchronized String accessToken() {
        if (tokens.expiresSoon()) {
            tokens = tokens.refreshed(server, application);
        }
        return tokens.access();
    }
}
