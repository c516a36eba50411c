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
    private static final int LANES = 2;

    /** A run with exclusive use of a server. */
    @FunctionalInterface
    private interface Run {
        void on(Lane lane) throws Exception;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(LANES);
    private final ExecutorService killers = Executors.newFixedThreadPool(LANES);
    private final BlockingQueue<Lane> lanes = new LinkedBlockingQueue<>();
    private final Map<Health, List<Future<?>>> runs = new LinkedHashMap<>();
    private final List<Future<?>> runsOfTwoNodes = new ArrayList<>();
    private EmbeddedPostgres postgres;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        for (int i = 0; i < LANES; i++) {
            lanes.add(Lane.open(postgres, Distribution.oursOnPostgres(), "lane" + i, USERS, 1));
        }
        for (int run = 0; run < RUNS; run++) {
            int number = run;
            for (Health fault : Health.values()) {
                if (fault != Health.WELL) {
                    runs.computeIfAbsent(fault, one -> new ArrayList<>())
                            .add(begin(lane -> faultAndKill(lane, fault, number)));
                }
            }
            runsOfTwoNodes.add(begin(this::oneOfTwoNodesKilled));
        }
    }

    @AfterAll
    void stop() throws IOException {
        threads.shutdownNow();
        killers.shutdownNow();
        lanes.forEach(Lane::close);
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

    private void faultAndKill(Lane lane, Health fault, int run) throws Exception {
        lane.reset();
        lane.wisePay().become(fault);
        AtomicInteger done = new AtomicInteger();
        int killAt = killAt(run);
        Future<?> killer = killers.submit(() -> {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> done.get() + lane.wisePay().received().size() >= killAt);
            lane.server().kill();
            lane.startAgain();
        });
        disableAndDelete(lane, done);
        lane.wisePay().become(Health.WELL);
        killer.get(10, TimeUnit.MINUTES);

        assertAllReceived(lane, "%s, killed at %d".formatted(fault, killAt));
    }

    private void oneOfTwoNodesKilled(Lane lane) throws Exception {
        lane.reset();
        lane.wisePay().become(Health.REFUSED);
        disableAndDelete(lane, new AtomicInteger());
        int killAt = ThreadLocalRandom.current().nextInt(DISABLES / 10, DISABLES * 8 / 10);
        try (KeycloakProcess second = lane.secondNode()) {
            lane.wisePay().answerAfter(Duration.ofMillis(50));
            lane.wisePay().become(Health.WELL);
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> lane.wisePay().received().size() >= killAt);

            lane.server().kill();

            assertAllReceived(lane, "two nodes, killed at %d".formatted(killAt));
            assertThat(second.isAlive()).isTrue();
        } finally {
            lane.startAgain();
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
    private static void disableAndDelete(Lane lane, AtomicInteger done) throws Exception {
        lane.inParallel(lane.users(), user -> {
            lane.set(user, false);
            done.incrementAndGet();
            lane.delete(user);
            done.incrementAndGet();
        });
    }

    private static void assertAllReceived(Lane lane, String run) {
        lane.awaitNothingWaits();
        List<Received> all = lane.wisePay().received();
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
        assertThat(idsByUser.keySet()).as(run).containsExactlyInAnyOrderElementsOf(lane.users());
        assertThat(idsByUser.values()).as(run).allSatisfy(ids -> assertThat(ids).hasSize(2));
        assertThat(timesByUser.values())
                .as(run)
                .allSatisfy(times -> assertThat(times).isSorted());
        assertThat(lane.entries("DELIVERED")).as(run).isEqualTo(DISABLES);
        assertThat(lane.wisePay().unverified()).as(run).isZero();
    }

    private Future<?> begin(Run run) {
        return threads.submit(() -> {
            Lane lane = lanes.take();
            try {
                run.on(lane);
            } finally {
                lanes.add(lane);
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
