package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guarantee under every fault: 1,000 changes are all received, in order per user, repeated only under the same id.
 * Two runs at a time, because a run mostly waits. Every test waits for its own runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeliveryUnderFaults {

    private static final int USERS = 500;
    private static final int DISABLES = 2 * USERS;
    private static final int SERVERS = 2;

    /** A run with exclusive use of a server. */
    @FunctionalInterface
    private interface Run {
        void on(FaultTestServer server) throws Exception;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(SERVERS);
    private final ExecutorService killers = Executors.newFixedThreadPool(SERVERS);
    private final BlockingQueue<FaultTestServer> servers = new LinkedBlockingQueue<>();
    private final Map<Health, Future<?>> runs = new EnumMap<>(Health.class);
    private final String name;
    private final boolean firstWhileChanging;
    private TestDatabase database;
    private Future<?> runOfTwoNodes;
    private Future<?> recordedFailure;

    /**
     * @param name the prefix of the names of servers and databases
     * @param firstWhileChanging whether the first server is killed while users change; the next while Wise-Pay is notified, and
     *     so on
     */
    DeliveryUnderFaults(String name, boolean firstWhileChanging) {
        this.name = name;
        this.firstWhileChanging = firstWhileChanging;
    }

    abstract TestDatabase startDatabase() throws Exception;

    abstract Distribution distribution();

    @BeforeAll
    void start() throws Exception {
        database = startDatabase();
        for (int i = 0; i < SERVERS; i++) {
            servers.add(FaultTestServer.open(database, distribution(), name + i, USERS, 1));
        }
        recordedFailure = begin(DeliveryUnderFaults::recordFailure);
        boolean whileChanging = firstWhileChanging;
        for (Health fault : Health.values()) {
            if (fault != Health.WELL) {
                boolean killWhileChanging = whileChanging;
                runs.put(fault, begin(server -> faultAndKill(server, fault, killWhileChanging)));
                whileChanging = !whileChanging;
            }
        }
        runOfTwoNodes = begin(this::oneOfTwoNodesKilled);
    }

    @AfterAll
    void stop() throws IOException {
        threads.shutdownNow();
        killers.shutdownNow();
        servers.forEach(FaultTestServer::close);
        database.close();
    }

    @ParameterizedTest
    @EnumSource(value = Health.class, names = "WELL", mode = EnumSource.Mode.EXCLUDE)
    void everyDisabledUserIsReportedThoughTheServerIsKilled(Health fault) throws Throwable {
        awaitEnd(runs.get(fault));
    }

    /** The two nodes share only the database: a cluster's caches have no part in delivery. */
    @Test
    void everyDisabledUserIsReportedThoughOneOfTwoNodesIsKilled() throws Throwable {
        awaitEnd(runOfTwoNodes);
    }

    @Test
    void aFailureIsRecordedAndTheEntryIsRetried() throws Throwable {
        awaitEnd(recordedFailure);
    }

    private static void recordFailure(FaultTestServer server) {
        server.reset();
        server.wisePay().simulate(Health.ERROR_500);
        String user = server.users().get(0);

        server.set(user, false);

        await().atMost(Duration.ofMinutes(2)).until(() -> server.number("SELECT MAX(attempts) FROM outbox_entry") > 1);
        assertThat(server.number("SELECT COUNT(*) FROM outbox_entry WHERE last_error IS NOT NULL"))
                .isEqualTo(1);
        JsonNode waiting =
                server.staff().get("/deactivations?status=waiting").json().path("deactivations");
        assertThat(waiting.path(0).path("lastError").asText()).contains("500");
        server.wisePay().simulate(Health.WELL);
        await().atMost(Duration.ofMinutes(2)).until(() -> server.entries("DELIVERED") == 1);
        assertThat(server.wisePay().received()).extracting(Received::user).containsExactly(user);
    }

    private void faultAndKill(FaultTestServer server, Health fault, boolean whileChanging) throws Exception {
        server.reset();
        server.wisePay().simulate(fault);
        AtomicInteger done = new AtomicInteger();
        int killAt = killAt(whileChanging);
        Future<?> killer = killers.submit(() -> {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> done.get() + server.wisePay().received().size() >= killAt);
            server.process().kill();
            server.startAgain();
        });
        disableAndDelete(server, done);
        server.wisePay().simulate(Health.WELL);
        killer.get(10, TimeUnit.MINUTES);

        assertAllReceived(server, "%s, killed at %d".formatted(fault, killAt));
    }

    private void oneOfTwoNodesKilled(FaultTestServer server) throws Exception {
        server.reset();
        server.wisePay().simulate(Health.REFUSED);
        disableAndDelete(server, new AtomicInteger());
        int killAt = ThreadLocalRandom.current().nextInt(DISABLES / 10, DISABLES * 8 / 10);
        try (KeycloakProcess second = server.secondNode()) {
            server.wisePay().delayAnswers(Duration.ofMillis(50));
            server.wisePay().simulate(Health.WELL);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> server.wisePay().received().size() >= killAt);

            server.process().kill();

            assertAllReceived(server, "two nodes, killed at %d".formatted(killAt));
            assertThat(second.isAlive()).isTrue();
        } finally {
            server.startAgain();
        }
    }

    /**
     * The number of changes plus received messages at which the server is killed: in the first run while users change,
     * in the second while Wise-Pay is notified.
     */
    private static int killAt(boolean whileChanging) {
        return whileChanging
                ? ThreadLocalRandom.current().nextInt(DISABLES / 10, DISABLES * 9 / 10)
                : ThreadLocalRandom.current().nextInt(DISABLES, DISABLES * 19 / 10);
    }

    /**
     * Two entries per user, whose order matters. Deletes instead of enabling and disabling again: the entry of an
     * enabled user is not sent. Repeats calls that the kill interrupts.
     */
    private static void disableAndDelete(FaultTestServer server, AtomicInteger done) throws Exception {
        server.inParallel(server.users(), user -> {
            server.set(user, false);
            done.incrementAndGet();
            server.delete(user);
            done.incrementAndGet();
        });
    }

    private static void assertAllReceived(FaultTestServer server, String run) {
        server.awaitNothingPending();
        List<Received> all = server.wisePay().received();
        Map<String, Set<String>> idsByUser = new LinkedHashMap<>();
        Map<String, List<Instant>> timesByUser = new LinkedHashMap<>();
        for (Received received : all) {
            if (idsByUser
                    .computeIfAbsent(received.user(), user -> new LinkedHashSet<>())
                    .add(received.id())) {
                timesByUser
                        .computeIfAbsent(received.user(), user -> new ArrayList<>())
                        .add(Instant.parse(received.occurredAt()));
            }
        }
        System.out.printf("NOTHING LOST %s: %d received, %d repeats%n", run, DISABLES, all.size() - DISABLES);
        assertThat(idsByUser.keySet()).as(run).containsExactlyInAnyOrderElementsOf(server.users());
        assertThat(idsByUser.values()).as(run).allSatisfy(ids -> assertThat(ids).hasSize(2));
        assertThat(timesByUser.values())
                .as(run)
                .allSatisfy(times -> assertThat(times).isSorted());
        assertThat(server.entries("DELIVERED")).as(run).isEqualTo(DISABLES);
        assertThat(server.wisePay().unverified()).as(run).isZero();
    }

    private Future<?> begin(Run run) {
        return threads.submit(() -> {
            FaultTestServer server = servers.take();
            try {
                run.on(server);
            } finally {
                servers.add(server);
            }
            return null;
        });
    }

    private static void awaitEnd(Future<?> run) throws Throwable {
        try {
            run.get(30, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
