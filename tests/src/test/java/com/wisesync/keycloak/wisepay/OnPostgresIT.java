package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests that look at rows, stop the server, or need another extension on the server. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnPostgresIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private EmbeddedPostgres postgres;
    private FaultTestServer server;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        Distribution distribution = Distribution.onPostgres(
                "other-extension", List.of(SourceTree.providersJar(), SourceTree.themesJar(), OtherExtension.jar()));
        server = FaultTestServer.open(postgres, distribution, "on-postgres", 30, 1);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        postgres.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void aUserDisabledByAnotherExtensionIsReported() {
        String user = server.users().get(0);

        assertThat(otherExtension("off", user)).isBetween(200, 204);

        await().atMost(TIMEOUT).until(() -> !server.wisePay().received().isEmpty());
        assertThat(server.wisePay().received()).singleElement().satisfies(received -> {
            assertThat(received.user()).isEqualTo(user);
            assertThat(received.reason()).isEqualTo("unknown");
        });
    }

    /** No mail server answers here. The earlier email may have been queued for an address that was corrected since. */
    @Test
    void anInvitationDoesNotWaitForAnEarlierOneThatCouldNotBeSent() {
        String users = "/accounts/%s/users".formatted(DemoAccounts.ACME);
        String id = server.staff()
                .post(
                        users,
                        Map.of(
                                "role", "merchant-user",
                                "companies", List.of(),
                                "firstName", "Lea",
                                "lastName", "Later",
                                "email", "lea@test.example"))
                .createdId();
        String ofUser = " outbox_entry %s WHERE owner_id = 'invitation:" + id + "'";
        String tried = "SELECT COUNT(*) FROM" + ofUser.formatted("") + " AND attempts > 0";
        await().atMost(TIMEOUT).until(() -> server.number(tried) == 1);
        server.change("UPDATE" + ofUser.formatted("SET next_attempt_at = next_attempt_at + INTERVAL '1 hour'"));

        assertThat(server.staff().post(users + "/" + id + "/invitation", null).status())
                .isEqualTo(204);

        await().atMost(TIMEOUT).until(() -> server.number(tried) == 2);
    }

    /** For comparison: the user was already disabled in the database when the error came. */
    @Test
    void aRolledBackChangeIsNotReported() {
        String user = server.users().get(0);

        assertThat(otherExtension("off-and-fail", user)).isEqualTo(500);

        assertThat(server.number("SELECT COUNT(*) FROM outbox_entry")).isZero();
        assertThat(enabled(user)).isTrue();
    }

    @Test
    void aChangeWhoseEntryCannotBeWrittenIsNotMade() {
        String user = server.users().get(0);
        String disable = "/accounts/%s/users/%s/disable".formatted(DemoAccounts.ACME, Person.UMA.id());
        Map<String, Object> disabled =
                Map.of("name", "Acme MSP", "psa", "autotask", "twoFactorMode", "required", "enabled", false);
        server.change("ALTER TABLE outbox_entry RENAME TO outbox_entry_away");
        try {
            // Stock Keycloak answers 400 to a failed commit in this call (UserResource.updateUser of 26.7.5).
            assertThat(server.put(user, false)).isEqualTo(400);
            Api staff = server.staff();
            assertThat(List.of(staff.post(disable, null), staff.put("/accounts/" + DemoAccounts.ACME, disabled)))
                    .allSatisfy(answer -> {
                        assertThat(answer.status()).as(answer.text()).isEqualTo(500);
                        assertThat(answer.json().path("errorMessage").asText()).contains("nothing was changed");
                    });
            assertThat(staff.send("POST", disable, null, "Accept-Language", "de")
                            .json()
                            .path("errorMessage")
                            .asText())
                    .contains("Es wurde nichts geändert");
        } finally {
            server.change("ALTER TABLE outbox_entry_away RENAME TO outbox_entry");
        }

        assertThat(enabled(user)).isTrue();
        assertThat(enabled(Person.UMA.id())).isTrue();
        assertThat(server.staff()
                        .get("/accounts/" + DemoAccounts.ACME)
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(server.process().log()).contains("The transaction is rolled back: it disables users");
    }

    @Test
    void disablingAndStoppingDoNotWaitForAHungReceiverAndCommandsSendNothing() throws Exception {
        server.wisePay().simulate(Health.HUNG);
        List<String> some = server.users().subList(0, 20);
        some.forEach(user -> server.set(user, false));
        assertThat(server.entries("PENDING"))
                .as("what was disabled without waiting for an answer")
                .isEqualTo(some.size());
        await().atMost(TIMEOUT).until(() -> server.wisePay().calls() > 0);
        Instant asked = Instant.now();

        server.process().close();

        Duration took = Duration.between(asked, Instant.now());
        System.out.printf("NUMBERS stop with a hung receiver %d ms%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        server.wisePay().simulate(Health.WELL);
        exportAndImportSendNothing();
        server.startAgain();
        await().atMost(TIMEOUT).until(() -> server.wisePay().received().size() >= some.size());
        assertThat(server.wisePay().received()).extracting(Received::user).containsExactlyInAnyOrderElementsOf(some);
    }

    /**
     * Both commands start the whole server on a database with due entries. A backup's copy must not deactivate links.
     */
    private void exportAndImportSendNothing() throws IOException, InterruptedException {
        server.change("UPDATE outbox_entry SET next_attempt_at = NOW() - INTERVAL '1 minute'");
        String rows = "SELECT COUNT(*) FROM outbox_entry WHERE status = 'PENDING' AND next_attempt_at < NOW()";
        long due = server.number(rows);
        assertThat(due).isPositive();
        server.wisePay().forget();
        Path folder = SourceTree.target().resolve("servers/on-postgres/export");

        String exported = server.run("export", "--dir=" + folder, "--users=realm_file", "--realm=wise-sync");
        String imported = server.run("import", "--dir=" + folder, "--override=false");

        assertThat(exported).contains("Export finished successfully");
        assertThat(imported).contains("Import finished successfully");
        assertThat(folder.resolve("wise-sync-realm.json")).isNotEmptyFile();
        assertThat(server.wisePay().calls()).isZero();
        assertThat(server.number(rows)).isEqualTo(due);
        assertThat(exported + imported).doesNotContain("com.wisesync.keycloak.admin.SetupReport");
    }

    @Test
    void linksOfAHungWisePayShowAnErrorAndBlockNothing() {
        server.wisePay().simulate(Health.HUNG);
        Api staff = server.staff();
        String uma = "/accounts/%s/users/%s".formatted(DemoAccounts.ACME, Person.UMA.id());
        Instant asked = Instant.now();

        Answer links = staff.get(uma + "/wise-pay-links");

        Duration took = Duration.between(asked, Instant.now());
        System.out.printf("NUMBERS links of a hung Wise-Pay %d ms%n", took.toMillis());
        // Three seconds, plus a margin for a busy machine; delivery would wait for ten.
        assertThat(took).isLessThan(Duration.ofSeconds(8));
        assertThat(links.status()).isEqualTo(502);
        assertThat(links.json().path("errorMessage").asText()).contains("Wise-Pay");
        assertThat(staff.post(uma + "/disable", null).status()).isEqualTo(204);
        assertThat(staff.post(uma + "/enable", null).status()).isEqualTo(204);
    }

    @Test
    void anEntryIsGivenUpAfterThreeDaysUntilStaffRetryIt() throws Exception {
        server.wisePay().simulate(Health.ERROR_500);
        String user = server.users().get(0);
        server.set(user, false);
        await().atMost(TIMEOUT).until(() -> server.number("SELECT MAX(attempts) FROM outbox_entry") > 0);
        assertThat(server.entries("PENDING")).isEqualTo(1);

        // The time starts at the first attempt, however old the entry is.
        server.change("UPDATE outbox_entry SET created_at = created_at - INTERVAL '9 days'");
        server.change("""
                UPDATE outbox_entry SET next_attempt_at = NOW(), metadata = jsonb_set(metadata::jsonb, '{firstAttemptAt}',
                    to_jsonb((metadata::jsonb ->> 'firstAttemptAt')::bigint - 3 * 24 * 60 * 60 * 1000))::text""");

        await().atMost(TIMEOUT).until(() -> server.entries("DEAD_LETTER") == 1);
        JsonNode failed =
                server.staff().get("/deactivations?status=failed").json().path("deactivations");
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).path("lastError").asText()).contains("500");
        await().atMost(TIMEOUT)
                .until(() -> metrics().contains("wise_sync_outbox_entries{kind=\"wise-pay\",state=\"failed\"} 1.0"));
        server.wisePay().simulate(Health.WELL);

        String id = failed.get(0).path("id").asText();
        assertThat(server.staff()
                        .post("/deactivations/%s/retry".formatted(id), null)
                        .status())
                .isEqualTo(204);

        await().atMost(TIMEOUT).until(() -> server.entries("DELIVERED") == 1);
        assertThat(server.wisePay().received()).extracting(Received::user).containsExactly(user);
    }

    /** Deactivations are kept for a year and emails for 30 days; failed entries are kept. */
    @Test
    void purgesOldDeliveredEntries() {
        server.change("DELETE FROM outbox_entry");
        for (String kind : List.of("wise-pay", "wise-sync-mail")) {
            for (int days : List.of(29, 31, 364, 366)) {
                for (String status : List.of("DELIVERED", "DEAD_LETTER")) {
                    server.change("""
                            INSERT INTO outbox_entry (id, entry_kind, realm_id, owner_id, correlation_id, entry_type, payload,
                                status, attempts, next_attempt_at, created_at, delivered_at)
                            SELECT gen_random_uuid()::text, '%1$s', r.id, 'days-%2$d', '%3$s-%2$d', 'user.disabled', '{}', '%3$s',
                                1, NOW() - INTERVAL '%2$d days', NOW() - INTERVAL '%2$d days', NOW() - INTERVAL '%2$d days'
                            FROM realm r WHERE r.name = 'wise-sync'""".formatted(kind, days, status));
                }
            }
        }

        // One user with an invitation and its revocation, one with two invitations.
        invitation("invitation:revoked", "invitation", 60);
        invitation("invitation:revoked", "revocation", 40);
        invitation("invitation:repeated", "invitation", 60);
        invitation("invitation:repeated", "invitation", 40);

        // A node purges after its start.
        server.process().close();
        server.startAgain();

        await().atMost(TIMEOUT).until(() -> server.entries("DELIVERED") == 3);
        String mails = "SELECT COUNT(*) FROM outbox_entry WHERE entry_kind = 'wise-sync-mail' AND status = 'DELIVERED'";
        await().atMost(TIMEOUT).until(() -> server.number(mails) == 3);
        // Each kind is purged by itself, emails after deactivations.
        assertThat(server.number(
                        "SELECT COUNT(*) FROM outbox_entry WHERE owner_id = 'days-366' AND status = 'DELIVERED'"))
                .isZero();
        assertThat(server.number(mails + " AND owner_id LIKE 'invitation:%' AND container_id = '40'"))
                .as("the newest of each user")
                .isEqualTo(2);
        // Only deactivations are kept until staff handle them.
        String failed = "SELECT COUNT(*) FROM outbox_entry WHERE status = 'DEAD_LETTER' AND entry_kind = '%s'";
        await().atMost(TIMEOUT).until(() -> server.number(failed.formatted("wise-sync-mail")) == 1);
        assertThat(server.number(failed.formatted("wise-pay"))).isEqualTo(4);
        server.change("DELETE FROM outbox_entry");
    }

    /** An entry that was delivered so many days ago; of one owner, the newer one has the higher position. */
    private void invitation(String owner, String type, int days) {
        server.change("""
                INSERT INTO outbox_entry (id, entry_kind, realm_id, owner_id, container_id, correlation_id, entry_type, payload,
                    status, attempts, next_attempt_at, created_at, delivered_at)
                SELECT gen_random_uuid()::text, 'wise-sync-mail', r.id, '%1$s', '%4$s', gen_random_uuid()::text, '%2$s', '{}',
                    'DELIVERED', 1, NOW() - INTERVAL '%3$d days', NOW() - INTERVAL '%3$d days', NOW() - INTERVAL '%3$d days'
                FROM realm r WHERE r.name = 'wise-sync'""".formatted(owner, type, days, days == 60 ? "10" : "40"));
    }

    /** Each entry would be repeated after one, three and ten seconds. */
    @Test
    void anUnreachableWisePayIsRarelyCalled() {
        server.wisePay().simulate(Health.ERROR_500);
        server.users().forEach(user -> server.set(user, false));

        AtomicInteger before = new AtomicInteger();
        await().atMost(TIMEOUT).pollInterval(Duration.ofSeconds(3)).until(() -> {
            int now = server.wisePay().calls();
            return before.getAndSet(now) == now;
        });

        assertThat(server.wisePay().calls()).isLessThan(server.users().size() * 3 / 2);
    }

    @Test
    void deletingARealmDeletesItsEntries() {
        Api master = server.master();
        master.post("", Map.of("realm", "short-lived", "enabled", true, "eventsListeners", List.of("wise-sync")));
        String user = master.post(
                        "/short-lived/users",
                        Map.of("username", "someone", "firstName", "Some", "lastName", "One", "enabled", true))
                .createdId();
        assertThat(master.delete("/short-lived/users/" + user).status()).isEqualTo(204);
        for (String kind : List.of("wise-sync-scim-use", "wise-sync-scim-error")) {
            server.change("""
                    INSERT INTO outbox_entry (id, entry_kind, realm_id, owner_id, correlation_id, entry_type, payload, status,
                        attempts, next_attempt_at, created_at)
                    SELECT gen_random_uuid()::text, '%1$s', r.id, 'account', '%1$s', '%1$s', '{}', 'HELD', 0, NOW(), NOW()
                    FROM realm r WHERE r.name = 'short-lived'""".formatted(kind));
        }
        String count = "SELECT COUNT(*) FROM outbox_entry WHERE owner_id IN ('%s', 'account')".formatted(user);
        assertThat(server.number(count)).isEqualTo(3);

        assertThat(master.delete("/short-lived").status()).isEqualTo(204);

        assertThat(server.number(count)).isZero();
    }

    /** The use of a token, and a failed call: these rows have no handler that would delete them. */
    @Test
    void deletingAnAccountDeletesItsRowsOfScim() {
        Map<String, Object> settings =
                Map.of("name", "Short-lived MSP", "psa", "other", "twoFactorMode", "required", "enabled", true);
        String account = server.staff().post("/accounts", settings).createdId();
        String token = server.staff()
                .post("/accounts/" + account + "/scim/tokens", null)
                .json()
                .path("secret")
                .asText();
        Api scim = new Api(server.process().realmUrl() + "/wise-sync/scim/v2/" + account, () -> token);
        assertThat(scim.post("/Users", Map.of()).status()).isEqualTo(400);
        String kinds = "SELECT COUNT(DISTINCT entry_kind) FROM outbox_entry WHERE owner_id = '%s'".formatted(account);
        await().atMost(TIMEOUT).until(() -> server.number(kinds) == 2);

        assertThat(server.admin().delete("/organizations/" + account).status()).isEqualTo(204);

        assertThat(server.number(kinds)).isZero();
    }

    private int otherExtension(String what, String user) {
        return new Api(server.process().realmUrl() + "/other", () -> null)
                .post("/%s/%s".formatted(what, user), null)
                .status();
    }

    private boolean enabled(String user) {
        return server.admin().get("/users/" + user).json().path("enabled").asBoolean();
    }

    private String metrics() {
        return new Api(server.process().managementUrl(), () -> null)
                .get("/metrics")
                .text();
    }
}
