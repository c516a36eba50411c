package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.benchmark.StockRealm;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.UserRepresentation;

/** Reconciling with Wise-Pay's links finds disabled users that were never noticed or have been forgotten. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcilingIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String OFTEN = "--spi-events-listener--wise-sync--wise-pay-compare-every=2s";
    private static final int USERS = 1_000_000;
    private static final int LINKS = 50_000;
    private static final int NEWER_USERS = 1_000;

    /** One more than the limit, and exactly 5 % of twenty times as many. */
    private static final int MANY = 21;

    private static final String SECOND = "second";

    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void findsUsersDisabledBeforeTheInstallation() {
        ServerSettings stock = new ServerSettings(
                        "without-us",
                        0,
                        1,
                        1,
                        StockRealm.json(Server.REALM),
                        Map.of(),
                        List.of(FaultTestServer.onDatabase(postgres, "postgres")),
                        List.of("-Xmx700m", "-XX:TieredStopAtLevel=1"))
                .withOptions("--cache=local");
        UserRepresentation off;
        UserRepresentation on;
        try (KeycloakProcess server = KeycloakProcess.start(Distribution.stockOnPostgres(), stock);
                Keycloak admin = server.adminClient()) {
            UsersResource users = admin.realm(Server.REALM).users();
            off = users.searchByUsername(Person.UMA.username(), true).get(0);
            on = users.searchByUsername(Person.ADA.username(), true).get(0);
            off.setEnabled(false);
            users.get(off.getId()).update(off);
        }

        try (FaultTestServer server =
                FaultTestServer.over(postgres, Distribution.withExtensionOnPostgres(), "postgres", OFTEN)) {
            server.wisePay().setUsersWithLinks(List.of(off.getId(), on.getId()));
            ObjectNode realm = (ObjectNode) server.admin().get("").json();
            realm.withArray("eventsListeners").add("wise-sync");
            assertThat(server.admin().put("", realm).status()).isEqualTo(204);

            await().atMost(TIMEOUT).until(() -> !server.wisePay().received().isEmpty());

            assertThat(server.wisePay().received()).extracting(Received::user).containsOnly(off.getId());
            assertThat(server.wisePay().received()).extracting(Received::reason).containsOnly("comparison");
        }
    }

    @Test
    void findsChangesThatARestoredDatabaseLacks() {
        try (FaultTestServer server =
                FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "restored", 10, 1, OFTEN)) {
            FaultyWisePay wisePay = server.wisePay();
            String received = server.users().get(0);
            server.set(received, false);
            await().atMost(TIMEOUT).until(() -> wisePay.received().size() == 1);
            String waiting = server.users().get(1);
            wisePay.simulate(Health.REFUSED);
            server.set(waiting, false);

            server.backUp("backup");

            wisePay.simulate(Health.WELL);
            await().atMost(TIMEOUT).until(() -> wisePay.received().size() == 2);
            String first = wisePay.received().get(1).id();
            String later = server.make("later@test.example");
            wisePay.forget();

            server.restore("backup");

            // Both may have valid links: the first user may have been enabled since, and the later one is unknown
            // here.
            wisePay.setUsersWithLinks(List.of(received, later, server.users().get(2)));
            await().atMost(TIMEOUT).until(() -> server.entries("HELD") == 2);
            await().atMost(TIMEOUT).until(() -> !wisePay.received().isEmpty());
            assertThat(wisePay.received()).extracting(Received::user).containsOnly(waiting);
            // Delivered before, and pending again: repeated under its id.
            assertThat(wisePay.received()).extracting(Received::id).containsExactly(first);
        }
    }

    /** Links cannot be reactivated: nothing is sent until staff decide. */
    @Test
    void anOlderDatabaseDeactivatesNoLinkOfNewerUsers() {
        try (FaultTestServer server =
                FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "older", 10, 1, OFTEN)) {
            List<String> old = List.copyOf(server.users());
            server.backUp("older-backup");
            List<String> newer = server.createUsers("newer", NEWER_USERS);
            server.restore("older-backup");
            List<String> linked = new ArrayList<>(old);
            linked.addAll(newer);

            server.wisePay().setUsersWithLinks(linked);
            await().atMost(TIMEOUT).until(() -> server.entries("HELD") == NEWER_USERS);

            JsonNode held =
                    server.staff().get("/deactivations?status=held&max=1").json();
            assertThat(held.path("total").asInt()).isEqualTo(NEWER_USERS);
            JsonNode one = held.path("deactivations").path(0);
            assertThat(one.path("links")).hasSize(1);
            assertThat(one.path("lastError").asText()).contains("unknown here");
            assertThat(server.process().log())
                    .contains("affects %d of the %d users".formatted(NEWER_USERS, linked.size()));
            server.set(old.get(0), false);
            await().atMost(TIMEOUT).until(() -> !server.wisePay().received().isEmpty());
            assertThat(server.wisePay().received()).extracting(Received::user).containsOnly(old.get(0));
            String id = one.path("id").asText();
            String user = one.path("user").path("id").asText();
            assertThat(server.staff()
                            .post("/deactivations/" + id + "/release", null)
                            .status())
                    .isEqualTo(204);
            await().atMost(TIMEOUT).until(() -> server.wisePay().received().size() == 2);
            assertThat(server.wisePay().received()).extracting(Received::user).containsExactly(old.get(0), user);
            assertThat(server.entries("HELD")).isEqualTo(NEWER_USERS - 1);
        }
    }

    /** What staff dismissed is never sent without them, and a later disable that nothing detected is not lost. */
    @Test
    void aUserDisabledAfterADismissalIsHeldAgain() {
        try (FaultTestServer server =
                FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "dismissed", 10, 1, OFTEN)) {
            FaultyWisePay wisePay = server.wisePay();
            String user = server.users().get(0);
            server.set(user, false);
            await().atMost(TIMEOUT).until(() -> server.entries("DELIVERED") == 1);
            server.change("UPDATE outbox_entry SET delivered_at = delivered_at - INTERVAL '2 hours'");
            wisePay.setUsersWithLinks(List.of(user));
            await().atMost(TIMEOUT).until(() -> server.entries("HELD") == 1);

            setEnabled(server, user, true);
            String id = held(server).path("id").asText();
            assertThat(server.staff()
                            .post("/deactivations/" + id + "/dismiss", null)
                            .status())
                    .isEqualTo(204);
            setEnabled(server, user, false);

            await().atMost(TIMEOUT).until(() -> server.entries("HELD") == 1);
            assertThat(held(server).path("lastError").asText()).contains("dismissed earlier");
            assertThat(held(server).path("links")).hasSize(1);
            assertThat(wisePay.received()).hasSize(1);
            wisePay.setUsersWithLinks(List.of());
            await().atMost(TIMEOUT).until(() -> held(server).path("links").isEmpty());
        }
    }

    private static JsonNode held(FaultTestServer server) {
        return server.staff().get("/deactivations?status=held&max=1").json().at("/deactivations/0");
    }

    /** More than 20 users, and more than 5 % of the users with links: each limit alone is no reason to hold. */
    @Test
    void aRunThatAffectsManyUsersHoldsAllItsEntries() {
        int all = 20 * MANY;
        try (FaultTestServer server =
                FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "many", all, 1, OFTEN)) {
            FaultyWisePay wisePay = server.wisePay();
            List<String> disabled = server.users().subList(0, MANY);
            // Changed in the database, so that only reconciling notices it.
            disabled.forEach(user -> setEnabled(server, user, false));

            wisePay.setUsersWithLinks(server.users());
            await().atMost(TIMEOUT).until(() -> server.entries("DELIVERED") == MANY);

            // The same links are active again, and their entries are due to be sent again.
            withoutLinks(server);
            server.change("UPDATE outbox_entry SET delivered_at = delivered_at - INTERVAL '2 hours'");
            wisePay.setUsersWithLinks(server.users().subList(0, all - 1));
            awaitHeld(server, MANY, all - 1);

            startOver(server);
            wisePay.setUsersWithLinks(server.users().subList(0, all - 1));
            awaitHeld(server, MANY, all - 1);

            startOver(server);
            setEnabled(server, disabled.get(0), true);
            wisePay.setUsersWithLinks(disabled);
            await().atMost(TIMEOUT).until(() -> server.entries("DELIVERED") == MANY - 1);
            assertThat(server.entries("HELD")).isZero();
        }
    }

    private static void awaitHeld(FaultTestServer server, int held, int users) {
        await().atMost(TIMEOUT).until(() -> server.entries("HELD") == held);
        assertThat(server.wisePay().received()).isEmpty();
        JsonNode one =
                server.staff().get("/deactivations?status=held&max=1").json().at("/deactivations/0");
        assertThat(one.path("lastError").asText()).contains("%d out of %d users".formatted(held, users));
        assertThat(one.path("links")).hasSize(1);
    }

    private static void startOver(FaultTestServer server) {
        withoutLinks(server);
        server.change("DELETE FROM outbox_entry");
    }

    /** No run that reads links is under way when this returns: a run that reads a half made change decides about a part of it. */
    private static void withoutLinks(FaultTestServer server) {
        server.wisePay().setUsersWithLinks(List.of());
        int asked = server.wisePay().calls();
        await().atMost(TIMEOUT).until(() -> server.wisePay().calls() >= asked + 2);
        server.wisePay().forget();
    }

    private static void setEnabled(FaultTestServer server, String user, boolean enabled) {
        server.change("UPDATE user_entity SET enabled = %s WHERE id = '%s'".formatted(enabled, user));
    }

    /** Each realm reconciles its own users only. A user who is unknown to both is held once. */
    @Test
    void twoRealmsOfOneWisePayDoNotAffectEachOthersUsers() throws IOException {
        try (FaultTestServer server =
                FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "two-realms", 2, 1, OFTEN)) {
            String present = server.users().get(0);
            String disabled = server.users().get(1);
            Api master = server.master();
            master.post("", Map.of("realm", SECOND, "enabled", true, "eventsListeners", List.of("wise-sync")));
            server.process().secret(SECOND, "wise-pay-api-key", DemoVault.WISE_PAY_API_KEY);
            server.process().secret(SECOND, "wise-pay-webhook-secret", DemoVault.WISE_PAY_WEBHOOK_SECRET);
            String presentThere = createInSecondRealm(master, "present");
            String disabledThere = createInSecondRealm(master, "disabled");
            String deletedThere = createInSecondRealm(master, "deleted");
            assertThat(master.delete("/" + SECOND + "/users/" + deletedThere).status())
                    .isEqualTo(204);
            await().atMost(TIMEOUT).until(() -> server.wisePay().received().size() == 1);
            server.wisePay().forget();
            // Changed in the database and not detected, so that each realm has something to find.
            server.change("UPDATE user_entity SET enabled = false WHERE id IN ('%s', '%s')"
                    .formatted(disabled, disabledThere));
            String unknown = UUID.randomUUID().toString();

            server.wisePay()
                    .setUsersWithLinks(List.of(present, disabled, presentThere, disabledThere, deletedThere, unknown));
            await().atMost(TIMEOUT).until(() -> server.wisePay().received().size() == 2 && server.entries("HELD") == 1);
            // Each realm reconciles again.
            int asked = server.wisePay().calls();
            await().atMost(TIMEOUT).until(() -> server.wisePay().calls() >= asked + 4);

            assertThat(server.wisePay().received())
                    .extracting(Received::user)
                    .containsExactlyInAnyOrder(disabled, disabledThere);
            assertThat(server.wisePay().received()).extracting(Received::reason).containsOnly("comparison");
            String rows = "SELECT COUNT(*) FROM outbox_entry o JOIN realm r ON r.id = o.realm_id"
                    + " WHERE o.entry_kind = 'wise-pay'";
            String sent = rows + " AND r.name = '%s' AND o.payload LIKE '%%%s%%' AND o.status = 'DELIVERED'";
            assertThat(server.number(sent.formatted(Server.REALM, disabled))).isEqualTo(1);
            assertThat(server.number(sent.formatted(SECOND, disabledThere))).isEqualTo(1);
            assertThat(server.number(sent.formatted(SECOND, deletedThere))).isEqualTo(1);
            assertThat(server.number(rows + " AND o.status = 'HELD' AND o.payload LIKE '%" + unknown + "%'"))
                    .isEqualTo(1);
            assertThat(server.number(rows)).isEqualTo(4);
        }
    }

    private static String createInSecondRealm(Api master, String name) {
        return master.post(
                        "/" + SECOND + "/users",
                        Map.of("username", name, "firstName", "Some", "lastName", "One", "enabled", true))
                .createdId();
    }

    /**
     * Deleted outbox rows, and an account that was disabled in the database. No table of users is scanned for it.
     * Users who are permanently locked out are not reported.
     */
    @Test
    void findsMissedUsersAmongAMillion() {
        try (FaultTestServer server =
                FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "million", 60, 1, OFTEN)) {
            List<String> lost = server.users().subList(0, 50);
            server.wisePay().simulate(Health.REFUSED);
            lost.forEach(user -> server.set(user, false));
            server.change("DELETE FROM outbox_entry");
            server.change("""
                    INSERT INTO user_entity SELECT (jsonb_populate_record(u, jsonb_build_object('id', 'many-' || n,
                        'username', 'many-' || n, 'email', 'many-' || n, 'email_constraint', 'many-' || n))).*
                    FROM user_entity u, generate_series(1, %d) n WHERE u.username = 'fault-user-59@test.example'
                    """.formatted(USERS));
            server.change("""
                    INSERT INTO user_group_membership SELECT (jsonb_populate_record(m, jsonb_build_object(
                        'user_id', 'many-' || n))).*
                    FROM user_group_membership m JOIN user_entity u ON u.id = m.user_id, generate_series(1, %d) n
                    WHERE u.username = 'uma@acme.example'""".formatted(USERS));
            server.change("UPDATE org SET enabled = false WHERE id = '%s'".formatted(DemoAccounts.GLOBEX));
            String lockedOut = server.users().get(55);
            server.change("UPDATE user_entity SET enabled = false WHERE id = '%s'".formatted(lockedOut));
            server.change("INSERT INTO user_attribute (id, user_id, name, value) VALUES ('%s', '%s', '%s', '%s')"
                    .formatted(UUID.randomUUID(), lockedOut, "disabledReason", "permanentLockout"));
            server.change("ANALYZE");
            String unknownUser = UUID.randomUUID().toString();
            List<String> linked = new ArrayList<>(server.users());
            linked.addAll(List.of(unknownUser, Person.GUS.id()));
            for (int i = linked.size(); i < LINKS; i++) {
                linked.add("many-" + i * (USERS / LINKS));
            }
            long scans = scans(server);
            Instant from = Instant.now();
            server.wisePay().setUsersWithLinks(linked);
            server.wisePay().simulate(Health.WELL);

            await().atMost(TIMEOUT).until(() -> server.wisePay().received().size() >= lost.size() + 1);

            System.out.printf(
                    "NUMBERS compared %d links with %d users and reported within %d ms%n",
                    LINKS, USERS, Duration.between(from, Instant.now()).toMillis());
            List<String> missing = new ArrayList<>(lost);
            missing.add(Person.GUS.id());
            assertThat(server.wisePay().received())
                    .extracting(Received::user)
                    .containsExactlyInAnyOrderElementsOf(missing);
            assertThat(server.wisePay().received()).extracting(Received::reason).containsOnly("comparison");
            // Nothing shows that this user ever existed here.
            assertThat(server.number("SELECT COUNT(*) FROM outbox_entry WHERE status = 'HELD' AND owner_id = '%s'"
                            .formatted(unknownUser)))
                    .isEqualTo(1);
            // PostgreSQL's own counters follow within a second or so.
            await().atMost(TIMEOUT)
                    .until(() -> server.number("SELECT idx_scan FROM pg_stat_user_tables WHERE relname = 'user_entity'")
                            >= LINKS / 200);
            assertThat(scans(server)).isEqualTo(scans);
        }
    }

    private static long scans(FaultTestServer server) {
        return server.number("SELECT SUM(seq_scan) FROM pg_stat_user_tables"
                + " WHERE relname IN ('user_entity', 'user_group_membership')");
    }
}
