package com.wisesync.keycloak.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.simulator.Exchange;
import com.wisesync.keycloak.testing.Testbed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The lifecycle events that the simulator received. */
public final class Events {

    public static final String WISE_SYNC = "wise-sync-app";
    public static final String WISE_PAY = "wise-pay";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Testbed testbed = Testbed.get();
    private final Map<String, Integer> skipped = new HashMap<>();

    /** Waits until the application knows the user as enabled; skips the events received until then. */
    public void ready(String application, String userId) {
        Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(50)).until(() -> {
            List<JsonNode> all = find(application, userId);
            return !all.isEmpty() && all.get(all.size() - 1).at("/user/enabled").asBoolean();
        });
        skipped.merge(application + userId, find(application, userId).size(), Integer::sum);
    }

    /** The accepted events about a user, in the order of their arrival. */
    public List<JsonNode> find(String application, String userId) {
        return exchanges(application)
                .filter(exchange ->
                        exchange.status() == 200 && exchange.requestBody().contains(userId))
                .map(exchange -> json(exchange.requestBody()))
                .filter(event -> event.at("/user/id").asText().equals(userId))
                .skip(skipped.getOrDefault(application + userId, 0))
                .toList();
    }

    /** The types of the accepted events about a user. */
    List<String> typesOf(String application, String userId) {
        return find(application, userId).stream()
                .map(event -> event.path("type").asText())
                .toList();
    }

    /** All attempts to deliver an event, accepted or not. */
    Stream<Exchange> exchanges(String application) {
        return testbed.wisePay().eventExchanges().stream()
                .filter(exchange -> exchange.uri().toString().equals("/demo/events?application=" + application));
    }

    /** Waits for exactly these events, and returns the last one. */
    public JsonNode await(String application, String userId, String... types) {
        Awaitility.await()
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(typesOf(application, userId)).containsExactly(types));
        List<JsonNode> all = find(application, userId);
        return all.get(all.size() - 1);
    }

    /** Parses an event. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
