package com.wisesync.keycloak.cluster;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reconciling with Wise-Pay's links: on one node at a time, and on the other if that node fails. */
@Tag("full")
class ScheduledWorkIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    // Longer than the time between two reconciliations, and shorter than the timeout of calls to Wise-Pay.
    private static final Duration SLOW = Cluster.COMPARE_EVERY.multipliedBy(2);
    private static final UUID SLOWNESS = UUID.randomUUID();

    private final Cluster cluster = Cluster.get();

    @BeforeEach
    void wisePayIsSlow() {
        for (int node = 0; node < 2; node++) {
            cluster.wisePayProxy(node)
                    .stubFor(get(urlPathEqualTo("/v1/links"))
                            .withId(SLOWNESS)
                            .withQueryParam("status", equalTo("active"))
                            .atPriority(1)
                            .willReturn(aResponse()
                                    .withHeader("Content-Type", "application/json")
                                    .withBody("{\"links\":[]}")
                                    .withFixedDelay((int) SLOW.toMillis())));
        }
    }

    @AfterEach
    void restore() {
        for (int node = 0; node < 2; node++) {
            cluster.wisePayProxy(node).removeStub(SLOWNESS);
        }
        cluster.startStoppedNodes();
    }

    @Test
    void nodesNeverReconcileAtTheSameTime() {
        Instant from = Instant.now();

        await().atMost(TIMEOUT).until(() -> comparisonsSince(from).size() >= 6);

        List<Instant> calls = comparisonsSince(from);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(calls.get(i)).isAfterOrEqualTo(calls.get(i - 1).plus(SLOW));
        }
    }

    @Test
    void theOtherNodeReconcilesAfterANodeIsKilled() {
        Instant before = Instant.now();
        // A call is recorded when it arrives, and answered after SLOW: the node is waiting for it.
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !comparisonsSince(before).isEmpty());
        int comparing = comparisonsSince(before, 0).isEmpty() ? 1 : 0;

        cluster.node(comparing).kill();

        Instant after = Instant.now();
        await().atMost(TIMEOUT)
                .until(() -> comparisonsSince(after, 1 - comparing).size() >= 3);
    }

    private List<Instant> comparisonsSince(Instant instant) {
        return IntStream.range(0, 2)
                .boxed()
                .flatMap(node -> comparisonsSince(instant, node).stream())
                .sorted()
                .toList();
    }

    private List<Instant> comparisonsSince(Instant instant, int node) {
        return cluster.wisePayProxy(node).getAllServeEvents().stream()
                .filter(call -> call.getRequest().getUrl().contains("status=active"))
                .map(call -> call.getRequest().getLoggedDate().toInstant())
                .filter(begin -> begin.isAfter(instant))
                .toList();
    }
}
