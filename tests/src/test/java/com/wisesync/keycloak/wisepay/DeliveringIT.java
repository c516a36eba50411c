package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.simulator.Deactivation;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

class DeliveringIT {

    /** Longer than any retry that these tests wait for, on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Testbed testbed = Testbed.get();
    private final String account = testbed.people().account("other", "company");
    private final Person person = testbed.people().create(account, "user", "company");

    /**
     * Each change follows the last delivery, so that polling (every 5 s) would be late for all of them. The fastest
     * counts, because a busy machine may be late for some.
     */
    @Test
    void aDeactivationArrivesWithinASecondOfTheCommit() {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Person next = testbed.people().create(account, "user", "company");
            disable(next);
            Instant committed = Instant.now();
            await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(10)).until(() -> received(next));
            took.add(Duration.between(committed, Instant.now()));
        }

        assertThat(took.stream().min(Comparator.naturalOrder()))
                .hasValueSatisfying(fastest -> assertThat(fastest).isLessThan(Duration.ofSeconds(1)));
    }

    @Test
    void aFailedDeactivationIsRepeatedUnderTheSameId() {
        testbed.wisePay().failNext(person.id(), 1, 500, Map.of());

        disable();

        await().atMost(TIMEOUT).until(this::received);
        assertThat(testbed.wisePay().deactivationsOf(person.id()))
                .singleElement()
                .satisfies(received -> assertThat(received.id())
                        .isEqualTo(received.body().path("id").asText()));
    }

    @Test
    void theRetryWaitsAsLongAsWisePayAsks() {
        testbed.wisePay().failNext(person.id(), 1, 429, Map.of("Retry-After", "3"));
        Instant asked = Instant.now();

        disable();

        await().atMost(TIMEOUT).until(this::received);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    /** If the redirect were followed, it would be received at the first attempt. */
    @Test
    void redirectsAreNotFollowed() {
        testbed.wisePay().failNext(person.id(), 1, 307, Map.of("Location", "/v1/link-deactivations"));

        disable();

        await().atMost(TIMEOUT).until(this::received);
        await().atMost(TIMEOUT)
                .until(() -> deactivation(person).path("attempts").asInt() == 2);
    }

    @Test
    void anAttemptEndsAfterTenSecondsWithoutAnAnswer() {
        testbed.wisePay().hangNext(person.id());

        disable();

        // Until the next attempt, a second later.
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> deactivation(person).path("lastError").asText().contains("did not answer in time"));
        await().atMost(TIMEOUT).until(this::received);
    }

    @Test
    void deliveriesAreMeasured() throws Exception {
        disable();
        await().atMost(TIMEOUT).until(this::received);

        // All outcomes are registered at the start, so only the number shows an attempt.
        String delivered = "wise_sync_outbox_attempts_seconds_count\\{kind=\"%s\",outcome=\"delivered\"} [1-9]";
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(management("/metrics"))
                        .containsPattern(delivered.formatted("wise-pay"))
                        .containsPattern(delivered.formatted("lifecycle")));
        assertThat(management("/metrics"))
                .contains("wise_sync_outbox_entries{kind=\"wise-pay\",state=\"waiting\"}")
                .contains("wise_sync_outbox_oldest_seconds{kind=\"wise-pay\"}")
                .contains("wise_sync_outbox_entries{kind=\"lifecycle\",state=\"waiting\"}")
                .contains("wise_sync_outbox_oldest_seconds{kind=\"lifecycle\"}");
    }

    /** Our key is wrong, which does not concern the entry. */
    @Test
    void aRefusedApiKeyIsRepeated() {
        testbed.wisePay().failNext(person.id(), 1, 401, Map.of());

        disable();

        await().atMost(TIMEOUT).until(this::received);
    }

    private JsonNode deactivation(Person user) {
        return testbed.serviceApi()
                .get("/accounts/%s/users/%s/deactivations".formatted(account, user.id()))
                .json()
                .path(0);
    }

    private boolean received() {
        return received(person);
    }

    private boolean received(Person user) {
        return testbed.wisePay().deactivationsOf(user.id()).stream()
                .map(Deactivation::type)
                .anyMatch("user.disabled"::equals);
    }

    private void disable() {
        disable(person);
    }

    private void disable(Person user) {
        UserRepresentation changed = testbed.realm().users().get(user.id()).toRepresentation();
        changed.setEnabled(false);
        testbed.realm().users().get(user.id()).update(changed);
    }

    private String management(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(testbed.server().managementUrl() + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
