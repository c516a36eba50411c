package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Counts the SQL statements of a call, on separate servers that log each statement: one with the extension, one
 * without. Counts only statements of the threads that answer requests.
 */
final class Statements {

    private static final int TRIES = 3;
    private static final Pattern OF_A_REQUEST = Pattern.compile("\\[org\\.hibernate\\.SQL] \\(executor-thread-");

    private final BenchmarkEnvironment environment;

    Statements(BenchmarkEnvironment environment) {
        this.environment = environment;
    }

    List<Row> rows() throws Exception {
        try (EmbeddedPostgres postgres = BenchmarkEnvironment.postgres()) {
            Counts extension =
                    on(postgres, "counted-ours", Distribution.withExtensionOnPostgres(), UnaryOperator.identity());
            Counts stock = on(
                    postgres,
                    "counted-stock",
                    Distribution.stockOnPostgres(),
                    settings -> settings.withRealm(StockRealm.json(Server.REALM)));
            return List.of(
                    row("one page", "-", extension.page(), 0, 6),
                    row(
                            "one warm token, more than stock",
                            "stock, the same client",
                            extension.token(),
                            stock.token(),
                            0),
                    row(
                            "one disable, more than stock",
                            "stock, the same call",
                            extension.disable(),
                            stock.disable(),
                            2));
        }
    }

    /**
     * @param page of our list of users; 0 without the extension
     * @param disable as Keycloak's own console does it
     */
    private record Counts(int page, int token, int disable) {}

    private Counts on(
            EmbeddedPostgres postgres, String name, Distribution distribution, UnaryOperator<ServerSettings> realm)
            throws Exception {
        DataSource database = BenchmarkEnvironment.database(postgres, name);
        ServerSettings settings = realm.apply(environment.settings(postgres, name))
                .withOptions("--log-level=info,org.hibernate.SQL:debug");
        try (KeycloakProcess server = KeycloakProcess.start(distribution, settings);
                Keycloak admin = server.adminClient()) {
            new DataGenerator(database).accounts(1, 1, 50, 100);
            Refresh refresh =
                    Refresh.of(server, Application.WISE_SYNC, DataGenerator.person(1, 0), environment.mailbox());
            RealmResource people = Server.realm(admin);
            Iterator<UserRepresentation> someone =
                    people.users().searchByUsername("@account-1.example", false).iterator();
            return new Counts(
                    name.endsWith("ours") ? page(server) : 0,
                    count(server, refresh::run),
                    count(server, () -> StockRealm.disable(people, someone.next())));
        }
    }

    private static int page(KeycloakProcess server) throws Exception {
        Api api = BenchmarkServer.service(server);
        return count(server, () -> new ExtensionCalls(api).page(DataGenerator.accountId(1), 20));
    }

    /** After warming up. */
    private static int count(KeycloakProcess server, Work work) throws Exception {
        work.run();
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            int before = server.log().length();
            work.run();
            least = Math.min(least, (int) OF_A_REQUEST
                    .matcher(server.log().substring(before))
                    .results()
                    .count());
        }
        return least;
    }

    private static Row row(String work, String yardstick, int extension, int stock, int most) {
        return Row.counted(
                "SQL statements: " + work,
                yardstick,
                "statements",
                extension,
                stock,
                (double) extension - stock,
                atMost(most));
    }
}
