package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.keycloak.admin.client.Keycloak;

/** The same on PostgreSQL, whose locks wait in other places. */
@Tag("full")
class RacesOnPostgresIT extends Races {

    private static EmbeddedPostgres postgres;
    private static Mailbox mailbox;
    private static Server server;
    private static Keycloak adminClient;

    RacesOnPostgresIT() {
        super(Server.realm(adminClient), new Api(server.apiUrl(), token()));
    }

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        mailbox = Mailbox.start();
        server = KeycloakProcess.start(
                Distribution.oursOnPostgres(),
                ServerSettings.demo("races", mailbox.port(), 1)
                        .withOptions(
                                "--db-url=" + postgres.getJdbcUrl("postgres", "postgres"),
                                "--db-username=postgres",
                                "--db-password=postgres",
                                "--cache=local"));
        adminClient = server.adminClient();
    }

    @AfterAll
    static void stop() throws IOException {
        adminClient.close();
        server.close();
        mailbox.close();
        postgres.close();
    }

    private static Supplier<String> token() {
        String token = Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                .access();
        return () -> token;
    }
}
