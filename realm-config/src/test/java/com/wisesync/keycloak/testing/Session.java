package com.wisesync.keycloak.testing;

/** Somebody who stays logged in at an application for the whole run. */
final class Session {

    private final Server server;
    private final Application application;
    private Tokens tokens;

    Session(Server server, Application application, Tokens tokens) {
        this.server = server;
        this.application = application;
        this.tokens = tokens;
    }

    synchronized String accessToken() {
        if (tokens.expiresSoon()) {
            tokens = tokens.refreshed(server, application);
        }
        return tokens.access();
    }
}
