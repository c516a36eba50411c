package com.wisesync.keycloak.cluster;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.wisesync.keycloak.testing.Distribution;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Comparing with Wise-Pay's links: on one node at a time, and on the other one if that node is gone. */
@Tag("full")
class ScheduledWorkIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    // Longer than the time between two comparisons, and shorter than the nodes' patience with Wise-Pay.
    private static final Duration SLOW = Cluster.COMPARE_EVERY.multipliedBy(2);

    private final Cluster cluster = Cluster.get();
    private StubMapping slow;

    @AfterEach
    void asBefore() {
        if (slow != null) {
            cluster.wayToWisePay().removeStub(slow);
        }
        if (!cluster.node(0).isAlive()) {
            cluster.startAgain(0, Distribution.oursOnPostgres());
        }
    }

    @Test
    void nodesNeverCompareAtTheSameTimeHoweverLongItTakes() {
        slow = cluster.wayToWisePay()
                .stubFor(get(urlPathEqualTo("/v1/links"))
                        .withQueryParam("status", equalTo("active"))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withHeader("Content-Type", "application/json")
                                .withBody("{\"links\":[]}")
                                .withFixedDelay((int) SLOW.toMillis())));
        Instant from = Instant.now();

        await().atMost(PATIENCE).until(() -> comparisonsSince(from).size() >= 6);

        List<ServeEvent> calls = comparisonsSince(from);
        for (int i = 1; i < calls.size(); i++) {
            assertThat(begin(calls.get(i)))
                    .isAfterOrEqualTo(begin(calls.get(i - 1)).plus(SLOW));
        }
    }

    @Test
    void comparingGoesOnWhenTheNodeThatDidItIsKilled() {
        Instant before = Instant.now();
        await().atMost(PATIENCE).until(() -> !comparisonsSince(before).isEmpty());

        cluster.node(0).kill();

        Instant after = Instant.now();
        await().atMost(PATIENCE).until(() -> comparisonsSince(after).size() >= 3);
    }

    private List<ServeEvent> comparisonsSince(Instant instant) {
        return cluster.wayToWisePay().getAllServeEvents().stream()
                .filter(call -> call.getRequest().getUrl().contains("status=active"))
                .filter(call -> begin(call).isAfter(instant))
                .sorted(Comparator.comparing(ScheduledWorkIT::begin))
                .toList();
    }

    private static Instant begin(ServeEvent call) {
        return call.getRequest().getLoggedDate().toInstant();
    }
}
