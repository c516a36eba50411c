package com.wisesync.keycloak.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Html;
import com.wisesync.keycloak.testing.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A Wise-Pay that answers as the contract says, keeps its state in memory, and shows it as a page. The calls under
 * {@code /demo} add links, inject faults, list the received messages, and receive lifecycle events.
 */
public final class WisePaySimulator implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final int LARGEST_BODY = 1 << 20;
    private static final int LARGEST_PAGE = 1000;
    private static final int HUNG = 504;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Links links = new Links();
    private final KnownUsers users = new KnownUsers();
    private final Recorder recorder = new Recorder();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Faults deactivationFaults = new Faults();
    private final Faults readFaults = new Faults();
    private final Faults eventFaults = new Faults();
    private final DemoCalls demo;
    private final byte[] authorization;
    private final Webhook webhook;
    private final Webhook lifecycle;

    private WisePaySimulator(
            HttpServer server, ExecutorService threads, String apiKey, Webhook webhook, Webhook lifecycle) {
        this.server = server;
        this.threads = threads;
        this.authorization = ("Bearer " + apiKey).getBytes(UTF_8);
        this.webhook = webhook;
        this.lifecycle = lifecycle;
        this.demo = new DemoCalls(links);
    }

    /** Listens on all addresses, so that a server in a container can reach it; port 0 stands for a free one. */
    public static WisePaySimulator start(int port, String apiKey, String webhookSecret) throws IOException {
        return start(new InetSocketAddress(port), apiKey, webhookSecret);
    }

    /** Listens on 127.0.0.1 only. */
    public static WisePaySimulator startLocal(int port, String apiKey, String webhookSecret) throws IOException {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), apiKey, webhookSecret);
    }

    private static WisePaySimulator start(InetSocketAddress address, String apiKey, String webhookSecret)
            throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        try {
            WisePaySimulator simulator = new WisePaySimulator(
                    server, threads, apiKey, new Webhook(webhookSecret), new Webhook(DemoVault.LIFECYCLE_SECRET));
            server.createContext("/", simulator::answer).getFilters().add(simulator.recorder);
            server.start();
            return simulator;
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void add(Link... more) {
        List.of(more).forEach(links::add);
    }

    /** A proxy, a PayNow link and an email link in someone's name. */
    public void addOneOfEach(String user) {
        add(
                Link.proxy("proxy-" + user, user, "Proxy"),
                Link.payNow("paynow-" + user, user, "PayNow"),
                Link.email("email-" + user, user, "Invoice reminders"));
    }

    public List<Link> linksOf(String user) {
        return links.findByUser(user);
    }

    /** All accepted deactivations, in the order of first arrival. */
    public List<Deactivation> deactivations() {
        return links.deactivations();
    }

    /** The latest exchanges of lifecycle events, oldest first; 20,000 at most. */
    public List<Exchange> eventExchanges() {
        return recorder.events();
    }

    /** Answers the next lifecycle events about this user with a status. */
    public void failNextEvents(String user, int times, int status) {
        eventFaults.add(user, times, new Fault(status, Map.of()));
    }

    /** Never answers the next lifecycle event about this user. */
    public void hangNextEvent(String user) {
        failNextEvents(user, 1, HUNG);
    }

    /** The latest exchanges with Wise-Pay, oldest first; 1,000 at most. */
    public List<Exchange> exchanges() {
        return recorder.exchanges();
    }

    public List<Deactivation> deactivationsOf(String user) {
        return links.deactivations().stream()
                .filter(deactivation -> deactivation.user().equals(user))
                .toList();
    }

    /** Answers the next deactivations of this user's links with a fault each, then answers normally. */
    public void failNext(String user, int times, int status, Map<String, String> headers) {
        deactivationFaults.add(user, times, new Fault(status, headers));
    }

    /** Answers the next queries for this user's links with a status. */
    public void failNextReads(String user, int times, int status) {
        readFaults.add(user, times, new Fault(status, Map.of()));
    }

    /** Never answers the next deactivation of this user's links. */
    public void hangNext(String user) {
        failNext(user, 1, HUNG, Map.of());
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            if (path.equals("/") && method.equals("GET")) {
                send(
                        exchange,
                        200,
                        "text/html; charset=utf-8",
                        LinksPage.of(links.all(), links.deactivations(), users.all()));
            } else if (path.equals("/demo/events") && method.equals("POST")) {
                receiveEvent(exchange);
            } else if (!authorized(exchange)) {
                sendError(exchange, 401, "unknown API key");
            } else if (path.startsWith("/demo/")) {
                demo.answer(exchange, method + " " + path);
            } else if (path.equals("/v1/links") && method.equals("GET")) {
                sendLinks(exchange);
            } else if (path.equals("/v1/link-deactivations") && method.equals("POST")) {
                deactivate(exchange);
            } else {
                sendError(exchange, 404, "no such call");
            }
        }
    }

    private boolean authorized(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header != null && MessageDigest.isEqual(authorization, header.getBytes(UTF_8));
    }

    /** Receives a lifecycle event for an application. Refuses it without a valid signature. */
    private void receiveEvent(HttpExchange exchange) throws IOException {
        String payload = new String(exchange.getRequestBody().readNBytes(LARGEST_BODY), UTF_8);
        boolean verified = isVerified(lifecycle, exchange, payload);
        JsonNode event = demo.received(exchange, payload, verified);
        if (demo.failed(exchange, DemoCalls.EVENTS)
                || failed(exchange, eventFaults.next(event.at("/user/id").asText()))) {
            return;
        }
        if (verified) {
            users.apply(Query.of(exchange.getRequestURI()).get("application"), event);
            sendJson(exchange, 200, Map.of());
        } else {
            sendError(exchange, 401, "signature");
        }
    }

    private static boolean isVerified(Webhook webhook, HttpExchange exchange, String payload) {
        try {
            webhook.verify(payload, lowerCase(exchange.getRequestHeaders()));
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private void sendLinks(HttpExchange exchange) throws IOException {
        if (demo.failed(exchange, DemoCalls.LINKS)) {
            return;
        }
        Query query = Query.of(exchange.getRequestURI());
        if (query.has("user")) {
            if (!failed(exchange, readFaults.next(query.get("user")))) {
                sendJson(exchange, 200, Map.of("links", links.findByUser(query.get("user"))));
            }
        } else if (query.get("status").equals(Link.ACTIVE)) {
            int first = query.number("first", 0);
            int max = Math.min(query.number("max", 100), LARGEST_PAGE);
            sendJson(exchange, 200, Map.of("links", links.active(first, max)));
        } else {
            sendError(exchange, 400, "either user or status=active");
        }
    }

    private void deactivate(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            sendError(exchange, 413, "too large");
            return;
        }
        String payload = new String(body, UTF_8);
        demo.received(exchange, payload, isVerified(webhook, exchange, payload));
        if (demo.failed(exchange, DemoCalls.DEACTIVATIONS)) {
            return;
        }
        try {
            webhook.verify(payload, lowerCase(exchange.getRequestHeaders()));
        } catch (WebhookVerificationException e) {
            sendError(exchange, 401, "signature: " + e.getMessage());
            return;
        }
        Optional<String> wrong = wrong(exchange, payload);
        if (wrong.isPresent()) {
            sendError(exchange, 422, wrong.get());
            return;
        }
        JsonNode message = JSON.readTree(payload);
        if (failed(exchange, deactivationFaults.next(message.at("/user/id").asText()))) {
            return;
        }
        Optional<Deactivation> done = links.deactivate(message.get("id").asText(), message);
        if (done.isPresent()) {
            sendJson(exchange, 200, Map.of("deactivated", done.get().deactivated()));
        } else {
            sendError(exchange, 404, "user unknown");
        }
    }

    // The library looks headers up by lower-case names; the JDK's server capitalises them.
    private static Map<String, List<String>> lowerCase(Headers headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    private static Optional<String> wrong(HttpExchange exchange, String payload) {
        try {
            JsonNode body = JSON.readTree(payload);
            for (String field : List.of("/id", "/type", "/occurredAt", "/reason", "/user/id")) {
                if (!body.at(field).isTextual()) {
                    return Optional.of("no " + field);
                }
            }
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            return body.get("id").asText().equals(id) ? Optional.empty() : Optional.of("id is not webhook-id");
        } catch (JsonProcessingException e) {
            return Optional.of("not JSON");
        }
    }

    private boolean failed(HttpExchange exchange, Optional<Fault> ordered) throws IOException {
        if (ordered.isEmpty()) {
            return false;
        }
        Fault fault = ordered.get();
        if (fault.status() == HUNG) {
            hang();
        }
        fault.headers().forEach(exchange.getResponseHeaders()::set);
        sendError(exchange, fault.status(), "as it was ordered to");
        return true;
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendError(HttpExchange exchange, int status, String error) throws IOException {
        sendJson(exchange, status, Map.of("error", error));
    }

    private static void sendJson(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json", JSON.writeValueAsString(body));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        Html.send(exchange, status, type, body);
    }

    private record Fault(int status, Map<String, String> headers) {}

    /** By call and user: requests about another user, or other calls, do not consume them. */
    private static final class Faults {

        private final Map<String, Queue<Fault>> byUser = new ConcurrentHashMap<>();

        void add(String user, int times, Fault fault) {
            byUser.computeIfAbsent(user, any -> new ConcurrentLinkedQueue<>())
                    .addAll(Collections.nCopies(times, fault));
        }

        Optional<Fault> next(String user) {
            return Optional.ofNullable(byUser.get(user)).map(Queue::poll);
        }
    }
}
