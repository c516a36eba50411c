package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.keycloak.admin.client.Keycloak;

/** How soon Wise-Pay is notified, and that no request waits for it. Measurements alternate, so that other load affects both. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumbersIT {

    private static final int USERS = 500;
    private static final int WAITING = 10_000;
    private static final int ROUNDS = 6;
    private static final int LOGINS = 40;

    /** Logins of one node that wait for the mail server at the same time; the others are refused. */
    private static final int SENDING = 16;

    private static final String OPEN_TRANSACTIONS = "SELECT COUNT(*) FROM pg_stat_activity"
            + " WHERE datname = 'numbers' AND state LIKE 'idle in transaction%'";

    private final Mailbox mailbox = Mailbox.start();
    private EmbeddedPostgres postgres;
    private Lane lane;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        lane = Lane.open(postgres, Distribution.oursOnPostgres(), "numbers", USERS, mailbox.port());
    }

    @AfterAll
    void stop() throws IOException {
        lane.close();
        postgres.close();
        mailbox.close();
    }

    @BeforeEach
    void isWell() {
        lane.reset();
    }

    @Test
    void soonAndManyWhenAllIsWell() throws Exception {
        FaultyWisePay wisePay = lane.wisePay();
        // The circuit may still be open after a test in which Wise-Pay did not answer.
        lane.set(lane.users().get(0), false);
        await().atMost(Duration.ofMinutes(2)).until(() -> !wisePay.received().isEmpty());
        lane.reset();
        wisePay.answerAfter(Duration.ofMillis(50));
        Map<String, Instant> committed = new ConcurrentHashMap<>();
        lane.inParallel(lane.users(), user -> {
            lane.set(user, false);
            committed.put(user, Instant.now());
        });
        await().atMost(Duration.ofMinutes(2)).until(() -> wisePay.received().size() >= USERS);
        double p95 = percentile(
                wisePay.received().stream()
                        .map(received -> Duration.between(committed.get(received.user()), received.at()))
                        .toList(),
                95);

        wisePay.become(Health.REFUSED);
        lane.inParallel(lane.users(), user -> {
            lane.set(user, true);
            lane.set(user, false);
        });
        wisePay.forget();
        wisePay.become(Health.WELL);
        await().atMost(Duration.ofMinutes(2)).until(() -> wisePay.received().size() >= USERS);
        List<Instant> arrivals =
                wisePay.received().stream().map(Received::at).sorted().toList();
        Duration middle = Duration.between(arrivals.get(USERS / 10), arrivals.get(USERS * 8 / 10));
        double perSecond = 0.7 * USERS / (middle.toMillis() / 1000.0);

        System.out.printf("NUMBERS commit-to-received p95 %.0f ms, backlog %.0f/s%n", p95, perSecond);
        assertThat(p95).isLessThanOrEqualTo(2000);
        assertThat(perSecond).isGreaterThanOrEqualTo(50);
    }

    @Test
    void disablingCostsTheSameWithAHungReceiver() {
        List<Duration> healthy = new ArrayList<>();
        List<Duration> hung = new ArrayList<>();
        List<String> users = lane.users();
        int each = 10;
        for (int round = 0; round < ROUNDS; round++) {
            lane.wisePay().become(Health.WELL);
            for (String user : users.subList(2 * round * each, (2 * round + 1) * each)) {
                healthy.add(time(() -> assertThat(lane.put(user, false)).isEqualTo(204)));
            }
            lane.wisePay().become(Health.HUNG);
            for (String user : users.subList((2 * round + 1) * each, (2 * round + 2) * each)) {
                hung.add(time(() -> assertThat(lane.put(user, false)).isEqualTo(204)));
            }
        }

        assertNoSlower("disable with a hung receiver", hung, healthy);
    }

    @Test
    void whatWaitsCostsALoginNothing() {
        lane.wisePay().become(Health.REFUSED);
        List<Duration> nothingWaits = new ArrayList<>();
        List<Duration> muchWaits = new ArrayList<>();
        logIn();
        for (int round = 0; round < ROUNDS; round++) {
            lane.change("DELETE FROM outbox_entry");
            for (int i = 0; i < 5; i++) {
                nothingWaits.add(time(this::logIn));
            }
            lane.change("""
                    INSERT INTO outbox_entry (id, entry_kind, realm_id, owner_id, correlation_id, entry_type, payload,
                        status, attempts, next_attempt_at, created_at)
                    SELECT gen_random_uuid()::text, 'wise-pay', r.id, 'owner-' || n, 'waiting-' || n, 'user.disabled',
                        json_build_object('id', 'waiting-' || n, 'type', 'user.disabled', 'reason', 'admin',
                            'occurredAt', '2026-01-01T00:00:00.000Z', 'user', json_build_object('id', 'owner-' || n))::text,
                        'PENDING', 0, NOW(), NOW()
                    FROM realm r, generate_series(1, %d) n WHERE r.name = 'wise-sync'""".formatted(WAITING));
            for (int i = 0; i < 5; i++) {
                muchWaits.add(time(this::logIn));
            }
            assertThat(lane.entries("PENDING")).isEqualTo(WAITING);
        }
        lane.change("DELETE FROM outbox_entry");

        assertNoSlower("login with 10,000 entries waiting", muchWaits, nothingWaits);
    }

    /** Codes are sent without a transaction or a connection to the database, by at most 16 threads of a node. */
    @Test
    void aHungMailServerDelaysOnlyLoginsThatWaitForACode() throws Exception {
        ObjectNode realm = (ObjectNode) lane.admin().get("").json();
        ObjectNode smtp = (ObjectNode) realm.path("smtpServer");
        ObjectNode before = smtp.deepCopy();
        ExecutorService logins = Executors.newFixedThreadPool(LOGINS);
        try (ServerSocket hung = new ServerSocket(0, 2 * LOGINS, InetAddress.getLoopbackAddress());
                Keycloak adminClient = lane.server().adminClient()) {
            Person[] people =
                    Stream.generate(() -> person(adminClient)).limit(8).toArray(Person[]::new);
            Person withApp = new People(Server.realm(adminClient)).withDevice(DemoAccounts.ACME, "user", "acme-au");
            Tokens tokens = new Login(lane.server(), Application.WISE_SYNC).as(Person.UMA, mailbox);
            List<Duration> refreshes = new ArrayList<>();
            List<Duration> pages = new ArrayList<>();
            List<Duration> appLogins = new ArrayList<>();
            measure(tokens, withApp, refreshes, pages, appLogins);
            refreshes.clear();
            pages.clear();
            appLogins.clear();
            measure(tokens, withApp, refreshes, pages, appLogins);
            smtp.put("port", String.valueOf(hung.getLocalPort())).put("timeout", "60000");
            assertThat(lane.admin().put("", realm).status()).isEqualTo(204);

            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < LOGINS; i++) {
                Person person = people[i % people.length];
                waiting.add(logins.submit(() -> {
                    Login login = new Login(lane.server(), Application.WISE_SYNC);
                    login.password(login.start(), person);
                }));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> unfinished(waiting) <= SENDING);
            // None of the rest ends, and none of them has a connection.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> lane.number(OPEN_TRANSACTIONS) == 0 && metric("agroal_active_count") == 0);
            List<Duration> hungRefreshes = new ArrayList<>();
            List<Duration> hungPages = new ArrayList<>();
            List<Duration> hungAppLogins = new ArrayList<>();
            measure(tokens, withApp, hungRefreshes, hungPages, hungAppLogins);
            // Enough of them still wait, so all of it was measured meanwhile.
            assertThat(unfinished(waiting)).isBetween(SENDING / 2L, (long) SENDING);

            assertNoSlower("refresh with a hung mail server", hungRefreshes, refreshes);
            assertNoSlower("login page with a hung mail server", hungPages, pages);
            assertNoSlower("login with an app and a hung mail server", hungAppLogins, appLogins);
        } finally {
            realm.set("smtpServer", before);
            lane.admin().put("", realm);
            logins.shutdownNow();
        }
    }

    private static Person person(Keycloak adminClient) {
        return new People(Server.realm(adminClient)).in(DemoAccounts.ACME, "user", "acme-au");
    }

    private void measure(
            Tokens tokens, Person withApp, List<Duration> refreshes, List<Duration> pages, List<Duration> appLogins) {
        for (int round = 0; round < 20; round++) {
            refreshes.add(time(() -> tokens.refreshed(lane.server(), Application.WISE_SYNC)));
            pages.add(time(() -> new Login(lane.server(), Application.WISE_SYNC).start()));
            Login login = new Login(lane.server(), Application.WISE_SYNC);
            WebPage page = login.start();
            appLogins.add(time(() ->
                    assertThat(login.password(page, withApp).has(Login.CODE)).isTrue()));
        }
    }

    private static long unfinished(List<Future<?>> all) {
        return all.stream().filter(one -> !one.isDone()).count();
    }

    private double metric(String name) {
        return new Api(lane.server().managementUrl(), () -> null)
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private void logIn() {
        new Login(lane.server(), Application.WISE_SYNC).as(Person.UMA, mailbox);
    }

    /** Prints the numbers; asserts only that no request waits. */
    private static void assertNoSlower(String what, List<Duration> measured, List<Duration> yardstick) {
        double one = percentile(measured, 50);
        double other = percentile(yardstick, 50);
        System.out.printf("NUMBERS %s: p50 %.1f ms, without %.1f ms, ratio %.3f%n", what, one, other, one / other);
        assertThat(one / other).as(what).isLessThan(2);
    }

    private static Duration time(Runnable work) {
        Instant start = Instant.now();
        work.run();
        return Duration.between(start, Instant.now());
    }

    /** In milliseconds. */
    private static double percentile(List<Duration> all, int percent) {
        List<Duration> sorted = all.stream().sorted().toList();
        return sorted.get(sorted.size() * percent / 100).toNanos() / 1e6;
    }
}
