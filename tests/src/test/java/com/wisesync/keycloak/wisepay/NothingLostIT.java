package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guarantee under every fault: 1,000 changes are all received, in order per user, repeated only under the same id.
 * Two runs per fault; two runs at a time, because a run mostly waits. Every test waits for its own runs.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NothingLostIT {

    private static final int USERS = 500;
    private static final int DISABLES = 2 * USERS;
    private static final int RUNS = 2;
    private static final int SERVERS = 2;

    /** A run with exclusive use of a server. */
    @FunctionalInterface
    private interface Run {
        void on(FaultTestServer server) throws Exception;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(SERVERS);
    private final ExecutorService killers = Executors.newFixedThreadPool(SERVERS);
    private final BlockingQueue<FaultTestServer> servers = new LinkedBlockingQueue<>();
    private final Map<Health, List<Future<?>>> runs = new LinkedHashMap<>();
    private final List<Future<?>> runsOfTwoNodes = new ArrayList<>();
    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        for (int i = 0; i < SERVERS; i++) {
            servers.add(
                    FaultTestServer.open(postgres, Distribution.withExtensionOnPostgres(), "faults-" + i, USERS, 1));
        }
        for (int run = 0; run < RUNS; run++) {
            int number = run;
            for (Health fault : Health.values()) {
                if (fault != Health.WELL) {
                    runs.computeIfAbsent(fault, one -> new ArrayList<>())
                            .add(begin(server -> faultAndKill(server, fault, number)));
                }
            }
            runsOfTwoNodes.add(begin(this::oneOfTwoNodesKilled));
        }
    }

    @AfterAll
    void stop() throws IOException {
        threads.shutdownNow();
        killers.shutdownNow();
        servers.forEach(FaultTestServer::close);
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource(value = Health.class, names = "WELL", mode = EnumSource.Mode.EXCLUDE)
    void whateverTheReceiverDoesAndTheServerIsKilled(Health fault) throws Throwable {
        awaitEach(runs.get(fault));
    }

    /** The two nodes share only the database: a cluster's caches have no part in delivery. */
    @Test
    void twoNodesOfWhichOneIsKilledWhileDelivering() throws Throwable {
        awaitEach(runsOfTwoNodes);
    }

    private void faultAndKill(FaultTestServer server, Health fault, int run) throws Exception {
        server.reset();
        server.wisePay().simulate(fault);
        AtomicInteger done = new AtomicInteger();
        int killAt = killAt(run);
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
    private static int killAt(int run) {
        return run == 0
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

    private static void awaitEach(List<Future<?>> all) throws Throwable {
        for (Future<?> one : all) {
            try {
                one.get(30, TimeUnit.MINUTES);
            } catch (ExecutionException e) {
                throw e.getCause();
            }
        }
    }
}
