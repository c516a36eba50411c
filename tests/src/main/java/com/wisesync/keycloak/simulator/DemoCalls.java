package com.wisesync.keycloak.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.wisesync.keycloak.testing.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The simulator's calls for demonstrations and tests:
 *
 * <ul>
 *   <li>{@code POST /demo/links} adds an active link: {@code {user, kind, type, name}};
 *   <li>{@code POST /demo/faults} answers the next calls with a fault: {@code {call: deactivations|links|events, status?,
 *       delayMs?, times}};
 *   <li>{@code GET /demo/received} lists the received messages, the newest last, at most 1000.
 * </ul>
 */
final class DemoCalls {

    static final String DEACTIVATIONS = "deactivations";
    static final String LINKS = "links";
    static final String EVENTS = "events";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CALLS = Set.of(DEACTIVATIONS, LINKS, EVENTS);
    private static final Set<String> KINDS = Set.of("proxy", "paynow-link", "email-link");
    private static final int LARGEST_BODY = 1 << 16;
    private static final int MAX_TIMES = 1000;
    private static final int MAX_DELAY_MS = 60_000;
    private static final int MAX_RECEIVED = 1000;

    private final Links links;
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final Deque<Map<String, Object>> received = new ArrayDeque<>();

    DemoCalls(Links links) {
        this.links = links;
    }

    void answer(HttpExchange exchange, String call) throws IOException {
        switch (call) {
            case "POST /demo/links" -> addLink(exchange);
            case "POST /demo/faults" -> addFault(exchange);
            case "GET /demo/received" -> send(exchange, 200, Map.of("received", messages()));
            default -> send(exchange, 404, Map.of("error", "no such call"));
        }
    }

    /** Remembers a message, accepted or not, and returns its content. */
    synchronized JsonNode received(HttpExchange exchange, String payload, boolean verified) {
        Map<String, Object> message = new LinkedHashMap<>();
        JsonNode body = json(payload);
        message.put("call", exchange.getRequestURI().getPath());
        message.put("query", exchange.getRequestURI().getQuery());
        message.put("id", body.path("id").asText());
        message.put("type", body.path("type").asText());
        message.put("user", body.at("/user/id").asText());
        message.put("verified", verified);
        message.put("receivedAt", Instant.now().toString());
        message.put("body", body);
        received.addLast(message);
        if (received.size() > MAX_RECEIVED) {
            received.removeFirst();
        }
        return body;
    }

    /** Applies the next fault of the call, if there is one: waits, and sends its status if it has one. */
    boolean failed(HttpExchange exchange, String call) throws IOException {
        Fault fault = next(call);
        if (fault == null) {
            return false;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(fault.delayMs());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (fault.status() == 0) {
            return false;
        }
        send(exchange, fault.status(), Map.of("error", "injected fault"));
        return true;
    }

    private synchronized Fault next(String call) {
        Deque<Fault> waiting = faults.get(call);
        return waiting == null ? null : waiting.poll();
    }

    private synchronized List<Map<String, Object>> messages() {
        return new ArrayList<>(received);
    }

    private void addLink(HttpExchange exchange) throws IOException {
        JsonNode body = body(exchange);
        String kind = body.path("kind").asText();
        String user = body.path("user").asText();
        if (user.isEmpty() || !KINDS.contains(kind)) {
            send(exchange, 400, Map.of("error", "user and kind (proxy, paynow-link, email-link) are required"));
            return;
        }
        Link link = new Link(
                UUID.randomUUID().toString(),
                user,
                kind,
                body.path("type").asText(),
                body.path("name").asText(),
                Link.ACTIVE);
        links.add(link);
        send(exchange, 201, link);
    }

    private void addFault(HttpExchange exchange) throws IOException {
        JsonNode body = body(exchange);
        String call = body.path("call").asText();
        int status = body.path("status").asInt(0);
        int delayMs = body.path("delayMs").asInt(0);
        int times = body.path("times").asInt(0);
        boolean valid = CALLS.contains(call)
                && (status == 0 || status >= 200 && status <= 599)
                && delayMs >= 0
                && delayMs <= MAX_DELAY_MS
                && times >= 1
                && times <= MAX_TIMES;
        if (!valid) {
            send(
                    exchange,
                    400,
                    Map.of("error", "call (deactivations, links, events), status, delayMs or times is invalid"));
            return;
        }
        synchronized (this) {
            faults.computeIfAbsent(call, any -> new ArrayDeque<>())
                    .addAll(Collections.nCopies(times, new Fault(status, delayMs)));
        }
        send(exchange, 201, Map.of());
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        return json(new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static void send(HttpExchange exchange, int status, Object body) throws IOException {
        Html.send(exchange, status, "application/json", JSON.writeValueAsString(body));
    }

    /** A fault: a delay, a status, or both; status 0 answers normally after the delay. */
    private record Fault(int status, int delayMs) {}
}
