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

    private final Surroundings around;

    Statements(Surroundings around) {
        this.around = around;
    }

    List<Row> rows() throws Exception {
        try (EmbeddedPostgres postgres = Surroundings.postgres()) {
            Counts ours = on(postgres, "counted-ours", Distribution.oursOnPostgres(), UnaryOperator.identity());
            Counts stock = on(
                    postgres,
                    "counted-stock",
                    Distribution.stockOnPostgres(),
                    settings -> settings.withRealm(StockRealm.json(Server.REALM)));
            return List.of(
                    row("one page", "-", ours.page(), 0, 6),
                    row("one warm token, more than stock", "stock, the same client", ours.token(), stock.token(), 0),
                    row("one disable, more than stock", "stock, the same call", ours.disable(), stock.disable(), 2));
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
        DataSource database = Surroundings.database(postgres, name);
        ServerSettings settings =
                realm.apply(around.settings(postgres, name)).withOptions("--log-level=info,org.hibernate.SQL:debug");
        try (KeycloakProcess server = KeycloakProcess.start(distribution, settings);
                Keycloak admin = server.adminClient()) {
            new Fill(database).accounts(1, 1, 50, 100);
            Refresh refresh = Refresh.of(server, Application.WISE_SYNC, Fill.person(1, 0), around.mailbox());
            RealmResource people = Server.realm(admin);
            Iterator<UserRepresentation> someone =
                    people.users().searchByUsername("@account-1.example", false).iterator();
            return new Counts(
                    name.endsWith("ours") ? page(server) : 0,
                    of(server, refresh::run),
                    of(server, () -> StockRealm.disable(people, someone.next())));
        }
    }

    private static int page(KeycloakProcess server) throws Exception {
        Api api = Bench.service(server);
        return of(server, () -> new Ours(api).page(Fill.accountId(1), 20));
    }

    /** After warming up. */
    private static int of(KeycloakProcess server, Work work) throws Exception {
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

    private static Row row(String work, String yardstick, int ours, int theirs, int most) {
        return Row.counted(
                "SQL statements: " + work, yardstick, "statements", ours, theirs, (double) ours - theirs, atMost(most));
    }
}
