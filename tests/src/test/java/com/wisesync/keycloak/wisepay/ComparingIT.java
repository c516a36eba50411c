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
class ComparingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String OFTEN = "--spi-events-listener--wise-sync--wise-pay-compare-every=2s";
    private static final int USERS = 1_000_000;
    private static final int LINKS = 50_000;
    private static final int NEWER_USERS = 1_000;
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
    void findsWhoWasDisabledBeforeThePluginCame() {
        ServerSettings stock = new ServerSettings(
                        "without-us",
                        0,
                        1,
                        1,
                        StockRealm.json(Server.REALM),
                        Map.of(),
                        List.of(Lane.onDatabase(postgres, "postgres")),
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

        try (Lane lane = Lane.over(postgres, Distribution.oursOnPostgres(), "postgres", OFTEN)) {
            lane.wisePay().hasActiveLinksOf(List.of(off.getId(), on.getId()));
            ObjectNode realm = (ObjectNode) lane.admin().get("").json();
            realm.withArray("eventsListeners").add("wise-sync");
            assertThat(lane.admin().put("", realm).status()).isEqualTo(204);

            await().atMost(PATIENCE).until(() -> !lane.wisePay().received().isEmpty());

            assertThat(lane.wisePay().received()).extracting(Received::user).containsOnly(off.getId());
            assertThat(lane.wisePay().received()).extracting(Received::reason).containsOnly("comparison");
        }
    }

    @Test
    void findsWhatADatabaseThatWasRestoredDoesNotKnow() {
        try (Lane lane = Lane.open(postgres, Distribution.oursOnPostgres(), "restored", 10, 1, OFTEN)) {
            FaultyWisePay wisePay = lane.wisePay();
            String received = lane.users().get(0);
            lane.set(received, false);
            await().atMost(PATIENCE).until(() -> wisePay.received().size() == 1);
            String waiting = lane.users().get(1);
            wisePay.become(Health.REFUSED);
            lane.set(waiting, false);

            lane.backUp("backup");

            wisePay.become(Health.WELL);
            await().atMost(PATIENCE).until(() -> wisePay.received().size() == 2);
            String first = wisePay.received().get(1).id();
            String later = lane.make("later@test.example");
            wisePay.forget();

            lane.restore("backup");

            // Both may have valid links: the first user may have been enabled since, and the later one is unknown
            // here.
            wisePay.hasActiveLinksOf(List.of(received, later, lane.users().get(2)));
            await().atMost(PATIENCE).until(() -> lane.entries("HELD") == 2);
            await().atMost(PATIENCE).until(() -> !wisePay.received().isEmpty());
            assertThat(wisePay.received()).extracting(Received::user).containsOnly(waiting);
            // Delivered before, and pending again: repeated under its id.
            assertThat(wisePay.received()).extracting(Received::id).containsExactly(first);
        }
    }

    /** Links cannot be reactivated: nothing is sent until staff decide. */
    @Test
    void anOlderDatabaseDeactivatesNoLinkOfUsersWhoAreNewer() {
        try (Lane lane = Lane.open(postgres, Distribution.oursOnPostgres(), "older", 10, 1, OFTEN)) {
            List<String> old = List.copyOf(lane.users());
            lane.backUp("older-backup");
            List<String> newer = lane.makeMany("newer", NEWER_USERS);
            lane.restore("older-backup");
            List<String> linked = new ArrayList<>(old);
            linked.addAll(newer);

            lane.wisePay().hasActiveLinksOf(linked);
            await().atMost(PATIENCE).until(() -> lane.entries("HELD") == NEWER_USERS);

            JsonNode held = lane.staff().get("/deactivations?status=held&max=1").json();
            assertThat(held.path("total").asInt()).isEqualTo(NEWER_USERS);
            JsonNode one = held.path("deactivations").path(0);
            assertThat(one.path("links")).hasSize(1);
            assertThat(one.path("lastError").asText()).contains("unknown here");
            assertThat(lane.server().log())
                    .contains("affects %d of the %d users".formatted(NEWER_USERS, linked.size()));
            lane.set(old.get(0), false);
            await().atMost(PATIENCE).until(() -> !lane.wisePay().received().isEmpty());
            assertThat(lane.wisePay().received()).extracting(Received::user).containsOnly(old.get(0));
            String id = one.path("id").asText();
            String user = one.path("user").path("id").asText();
            assertThat(lane.staff()
                            .post("/deactivations/" + id + "/release", null)
                            .status())
                    .isEqualTo(204);
            await().atMost(PATIENCE).until(() -> lane.wisePay().received().size() == 2);
            assertThat(lane.wisePay().received()).extracting(Received::user).containsExactly(old.get(0), user);
            assertThat(lane.entries("HELD")).isEqualTo(NEWER_USERS - 1);
        }
    }

    /** Each realm reconciles its own users only. A user who is unknown to both is held once. */
    @Test
    void twoRealmsOfOneWisePayDoNotAffectEachOthersUsers() throws IOException {
        try (Lane lane = Lane.open(postgres, Distribution.oursOnPostgres(), "two-realms", 2, 1, OFTEN)) {
            String present = lane.users().get(0);
            String disabled = lane.users().get(1);
            Api master = lane.master();
            master.post("", Map.of("realm", SECOND, "enabled", true, "eventsListeners", List.of("wise-sync")));
            lane.server().secret(SECOND, "wise-pay-api-key", DemoVault.WISE_PAY_API_KEY);
            lane.server().secret(SECOND, "wise-pay-webhook-secret", DemoVault.WISE_PAY_WEBHOOK_SECRET);
            String presentThere = makeThere(master, "present");
            String disabledThere = makeThere(master, "disabled");
            String deletedThere = makeThere(master, "deleted");
            assertThat(master.delete("/" + SECOND + "/users/" + deletedThere).status())
                    .isEqualTo(204);
            await().atMost(PATIENCE).until(() -> lane.wisePay().received().size() == 1);
            lane.wisePay().forget();
            // Changed in the database and not detected, so that each realm has something to find.
            lane.change("UPDATE user_entity SET enabled = false WHERE id IN ('%s', '%s')"
                    .formatted(disabled, disabledThere));
            String unknown = UUID.randomUUID().toString();

            lane.wisePay()
                    .hasActiveLinksOf(List.of(present, disabled, presentThere, disabledThere, deletedThere, unknown));
            await().atMost(PATIENCE).until(() -> lane.wisePay().received().size() == 2 && lane.entries("HELD") == 1);
            // Each realm reconciles again.
            int asked = lane.wisePay().asked();
            await().atMost(PATIENCE).until(() -> lane.wisePay().asked() >= asked + 4);

            assertThat(lane.wisePay().received())
                    .extracting(Received::user)
                    .containsExactlyInAnyOrder(disabled, disabledThere);
            assertThat(lane.wisePay().received()).extracting(Received::reason).containsOnly("comparison");
            String rows = "SELECT COUNT(*) FROM outbox_entry o JOIN realm r ON r.id = o.realm_id"
                    + " WHERE o.entry_kind = 'wise-pay'";
            String sent = rows + " AND r.name = '%s' AND o.payload LIKE '%%%s%%' AND o.status = 'DELIVERED'";
            assertThat(lane.number(sent.formatted(Server.REALM, disabled))).isEqualTo(1);
            assertThat(lane.number(sent.formatted(SECOND, disabledThere))).isEqualTo(1);
            assertThat(lane.number(sent.formatted(SECOND, deletedThere))).isEqualTo(1);
            assertThat(lane.number(rows + " AND o.status = 'HELD' AND o.payload LIKE '%" + unknown + "%'"))
                    .isEqualTo(1);
            assertThat(lane.number(rows)).isEqualTo(4);
        }
    }

    private static String makeThere(Api master, String name) {
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
    void findsWhatIsMissingAmongAMillionUsersByTheirIds() {
        try (Lane lane = Lane.open(postgres, Distribution.oursOnPostgres(), "million", 60, 1, OFTEN)) {
            List<String> lost = lane.users().subList(0, 50);
            lane.wisePay().become(Health.REFUSED);
            lost.forEach(user -> lane.set(user, false));
            lane.change("DELETE FROM outbox_entry");
            lane.change("""
                    INSERT INTO user_entity SELECT (jsonb_populate_record(u, jsonb_build_object('id', 'many-' || n,
                        'username', 'many-' || n, 'email', 'many-' || n, 'email_constraint', 'many-' || n))).*
                    FROM user_entity u, generate_series(1, %d) n WHERE u.username = 'nobody-59@test.example'
                    """.formatted(USERS));
            lane.change("""
                    INSERT INTO user_group_membership SELECT (jsonb_populate_record(m, jsonb_build_object(
                        'user_id', 'many-' || n))).*
                    FROM user_group_membership m JOIN user_entity u ON u.id = m.user_id, generate_series(1, %d) n
                    WHERE u.username = 'uma@acme.example'""".formatted(USERS));
            lane.change("UPDATE org SET enabled = false WHERE id = '%s'".formatted(DemoAccounts.GLOBEX));
            String lockedOut = lane.users().get(55);
            lane.change("UPDATE user_entity SET enabled = false WHERE id = '%s'".formatted(lockedOut));
            lane.change("INSERT INTO user_attribute (id, user_id, name, value) VALUES ('%s', '%s', '%s', '%s')"
                    .formatted(UUID.randomUUID(), lockedOut, "disabledReason", "permanentLockout"));
            lane.change("ANALYZE");
            String gone = UUID.randomUUID().toString();
            List<String> linked = new ArrayList<>(lane.users());
            linked.addAll(List.of(gone, Person.GUS.id()));
            for (int i = linked.size(); i < LINKS; i++) {
                linked.add("many-" + i * (USERS / LINKS));
            }
            long scans = scans(lane);
            Instant from = Instant.now();
            lane.wisePay().hasActiveLinksOf(linked);
            lane.wisePay().become(Health.WELL);

            await().atMost(PATIENCE).until(() -> lane.wisePay().received().size() >= lost.size() + 1);

            System.out.printf(
                    "NUMBERS compared %d links with %d users and reported within %d ms%n",
                    LINKS, USERS, Duration.between(from, Instant.now()).toMillis());
            List<String> missing = new ArrayList<>(lost);
            missing.add(Person.GUS.id());
            assertThat(lane.wisePay().received())
                    .extracting(Received::user)
                    .containsExactlyInAnyOrderElementsOf(missing);
            assertThat(lane.wisePay().received()).extracting(Received::reason).containsOnly("comparison");
            // Nothing shows that this user ever existed here.
            assertThat(lane.number("SELECT COUNT(*) FROM outbox_entry WHERE status = 'HELD' AND owner_id = '%s'"
                            .formatted(gone)))
                    .isEqualTo(1);
            // PostgreSQL's own counters follow within a second or so.
            await().atMost(PATIENCE)
                    .until(() -> lane.number("SELECT idx_scan FROM pg_stat_user_tables WHERE relname = 'user_entity'")
                            >= LINKS / 200);
            assertThat(scans(lane)).isEqualTo(scans);
        }
    }

    private static long scans(Lane lane) {
        return lane.number("SELECT SUM(seq_scan) FROM pg_stat_user_tables"
                + " WHERE relname IN ('user_entity', 'user_group_membership')");
    }
}
