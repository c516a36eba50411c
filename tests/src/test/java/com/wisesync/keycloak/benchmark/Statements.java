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
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

/**
 * Counts the SQL statements of a call, on separate servers that log each statement: one with the extension, one
 * without. Counts only statements of the threads that answer requests.
 */
final class Statements {

    private static final int TRIES = 3;
    private static final Pattern OF_A_REQUEST = Pattern.compile("\\[org\\.hibernate\\.SQL] \\(executor-thread-");

    private final BenchmarkEnvironment environment;
    private int serial;

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
                    Row.counted("SQL statements: one page", "statements", extension.page(), atMost(5)),
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
                            2),
                    row(
                            "one disable with a lifecycle client, more than stock",
                            "stock, the same call",
                            extension.disableWithLifecycle(),
                            stock.disable(),
                            4),
                    row(
                            "create a user in one call, more than stock",
                            "stock: user, membership, role, attribute",
                            extension.create(),
                            stock.create(),
                            -1));
        }
    }

    /**
     * @param page of our list of users; 0 without the extension
     * @param disable as Keycloak's own console does it
     * @param disableWithLifecycle the same, with an application that receives lifecycle events
     * @param create in one call, or as a sequence of stock calls without the extension
     */
    private record Counts(int page, int token, int disable, int disableWithLifecycle, int create) {}

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
            boolean ours = name.endsWith("ours");
            int page = ours ? page(server) : 0;
            int token = count(server, refresh::run);
            Work disable = () -> StockRealm.disable(people, someone.next());
            int withoutLifecycle = count(server, disable);
            int create = count(server, ours ? create(server) : stockCreate(server, admin, people));
            if (ours) {
                addLifecycleClient(people);
            }
            return new Counts(page, token, withoutLifecycle, count(server, disable), create);
        }
    }

    private Work create(KeycloakProcess server) {
        ExtensionCalls extension = new ExtensionCalls(BenchmarkServer.service(server));
        return () -> extension.create(DataGenerator.accountId(1), nextEmail());
    }

    private Work stockCreate(KeycloakProcess server, Keycloak admin, RealmResource realm) {
        // Otherwise stock Keycloak ignores the attribute.
        UPConfig profile = realm.users().userProfile().getConfiguration();
        profile.setUnmanagedAttributePolicy(UnmanagedAttributePolicy.ADMIN_EDIT);
        realm.users().userProfile().update(profile);
        StockCalls stock = new StockCalls(new Api(
                server.url() + "/admin/realms/" + Server.REALM,
                () -> admin.tokenManager().getAccessTokenString()));
        return () -> stock.create(DataGenerator.accountId(1), nextEmail());
    }

    private void addLifecycleClient(RealmResource realm) {
        ClientRepresentation client =
                realm.clients().findByClientId(Application.WISE_SYNC.clientId()).get(0);
        client.getAttributes().put("wise-sync.lifecycle.url", environment.lifecycleUrl());
        realm.clients().get(client.getId()).update(client);
    }

    private String nextEmail() {
        serial++;
        return "counted-%d@import.example".formatted(serial);
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
