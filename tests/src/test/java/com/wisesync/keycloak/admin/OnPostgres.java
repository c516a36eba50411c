package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Ports;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Sql;
import com.wisesync.keycloak.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;

/**
 * A separate server on PostgreSQL that can be killed and whose tables can be read.
 *
 * <p>The database has no statistics, as in the minutes after a large import: PostgreSQL then prefers plans that read all rows
 * for each row, where the query allows them. Such a statement ends with an error.
 */
final class OnPostgres implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final Sql sql;
    private final Mailbox mailbox;
    private final Distribution distribution;
    private final ServerSettings settings;
    private KeycloakProcess server;
    private Keycloak adminClient;

    private OnPostgres(EmbeddedPostgres postgres, Mailbox mailbox, Distribution distribution, ServerSettings settings) {
        this.postgres = postgres;
        this.sql = new Sql(postgres.getPostgresDatabase()::getConnection);
        this.mailbox = mailbox;
        this.distribution = distribution;
        this.settings = settings;
    }

    static OnPostgres start(String name) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("autovacuum", "off")
                .setServerConfig("statement_timeout", "60s")
                .start();
        Mailbox mailbox = Mailbox.start();
        // A fixed port, because tokens are not valid under another address after a restart.
        ServerSettings settings = ServerSettings.demo(name, mailbox.port(), 1)
                .withHttpPort(Ports.free())
                .withOptions(
                        "--db-url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--db-username=postgres",
                        "--db-password=postgres",
                        "--cache=local");
        OnPostgres bed = new OnPostgres(postgres, mailbox, Distribution.withExtensionOnPostgres(), settings);
        bed.use(KeycloakProcess.start(bed.distribution, settings));
        return bed;
    }

    Server server() {
        return server;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    RealmResource realm() {
        return Server.realm(adminClient);
    }

    Api service() {
        return new Api(
                server.apiUrl(),
                () -> Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                        .access());
    }

    void kill() {
        adminClient.close();
        server.kill();
    }

    void startAgain() {
        use(KeycloakProcess.startAgain(distribution, settings));
    }

    long number(String query) {
        return sql.number(query);
    }

    /** Returns the number of changed rows. */
    int change(String statement) {
        return sql.change(statement);
    }

    @Override
    public void close() throws IOException {
        adminClient.close();
        server.close();
        mailbox.close();
        postgres.close();
    }

    private void use(KeycloakProcess started) {
        server = started;
        adminClient = started.adminClient();
    }
}
