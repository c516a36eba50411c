package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import java.util.Map;

/** Refreshes a token repeatedly: the most frequent request of applications. */
record Refresh(Server server, Application application, String refreshToken) {

    static Refresh of(Server server, Application application, Person person, Mailbox mailbox) {
        return new Refresh(
                server,
                application,
                new Login(server, application).as(person, mailbox).refresh());
    }

    Answer run() {
        return StockCalls.ok(Tokens.request(
                server,
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        refreshToken,
                        "client_id",
                        application.clientId(),
                        "client_secret",
                        application.secret().orElseThrow())));
    }
}
