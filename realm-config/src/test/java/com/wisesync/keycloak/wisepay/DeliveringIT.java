package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

class DeliveringIT {

    /** Longer than any retry that these tests wait for, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Testbed testbed = Testbed.get();
    private final Person person = testbed.people().in(testbed.people().account("other", "company"), "user", "company");

    @Test
    void withinASecondOfTheCommit() {
        disable();
        Instant committed = Instant.now();

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(10))
                .until(this::heard);
        assertThat(Duration.between(committed, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void againAfterAFailureUnderTheSameId() {
        testbed.wisePay().failNext(1, 500, Map.of());

        disable();

        await().atMost(PATIENCE).until(this::heard);
        assertThat(testbed.wisePay().deactivationsOf(person.id()))
                .singleElement()
                .satisfies(heard ->
                        assertThat(heard.id()).isEqualTo(heard.body().path("id").asText()));
    }

    @Test
    void notBeforeWisePayWantsTo() {
        testbed.wisePay().failNext(1, 429, Map.of("Retry-After", "3"));
        Instant asked = Instant.now();

        disable();

        await().atMost(PATIENCE).until(this::heard);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void isMetered() throws Exception {
        disable();
        await().atMost(PATIENCE).until(this::heard);

        assertThat(management("/metrics"))
                .contains("wise_sync_outbox_entries{kind=\"wise-pay\",state=\"waiting\"}")
                .contains("wise_sync_outbox_oldest_seconds{kind=\"wise-pay\"}")
                .contains("wise_sync_outbox_attempts_seconds_count{kind=\"wise-pay\",outcome=\"delivered\"}");
    }

    @Test
    void showsInHealthAndStaysUp() throws Exception {
        JsonNode health = new ObjectMapper().readTree(management("/health/ready"));

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.path("checks"))
                .anySatisfy(check ->
                        assertThat(check.path("data").has("wise-pay.waiting")).isTrue());
    }

    private boolean heard() {
        return testbed.wisePay().deactivationsOf(person.id()).stream()
                .map(Deactivation::type)
                .anyMatch("user.disabled"::equals);
    }

    private void disable() {
        UserRepresentation user = testbed.realm().users().get(person.id()).toRepresentation();
        user.setEnabled(false);
        testbed.realm().users().get(person.id()).update(user);
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
