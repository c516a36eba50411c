package com.wisesync.keycloak.wisepay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.DemoVault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A Wise-Pay on plain sockets that simulates every fault of a receiver. Records only messages received without a fault
 * and with a signature that the library of the specification accepts.
 */
final class FaultyWisePay implements AutoCloseable {

    /** The simulated fault. */
    enum Health {
        WELL,
        REFUSED,
        RESET_MID_BODY,
        HUNG,
        ERROR_500,
        TOO_MANY_429,
        SLOW,
        WRONG_CONTENT
    }

    record Received(String id, String user, String occurredAt, String reason, Instant at) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration HANG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private final List<Received> received = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger unverified = new AtomicInteger();
    private volatile String secret = DemoVault.WISE_PAY_WEBHOOK_SECRET;
    private volatile Health health = Health.WELL;
    private volatile Duration delay = Duration.ZERO;
    private volatile List<String> usersWithLinks = List.of();
    private volatile ServerSocket listening;

    FaultyWisePay() {
        listening = listen(0);
        port = listening.getLocalPort();
    }

    int port() {
        return port;
    }

    synchronized void simulate(Health now) {
        if (now == Health.REFUSED && health != Health.REFUSED) {
            close(listening);
        } else if (now != Health.REFUSED && health == Health.REFUSED) {
            listening = listen(port);
        }
        health = now;
    }

    void delayAnswers(Duration time) {
        delay = time;
    }

    /** The only secret that it verifies signatures with. */
    void verifyWith(String webhookSecret) {
        secret = webhookSecret;
    }

    /** The number of calls, answered or not. */
    int calls() {
        return calls.get();
    }

    /** The number of messages without a valid signature. */
    int unverified() {
        return unverified.get();
    }

    void setUsersWithLinks(List<String> users) {
        usersWithLinks = users.stream().sorted().toList();
    }

    /** In the order of arrival, repeats included. */
    List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    void forget() {
        synchronized (received) {
            received.clear();
        }
        calls.set(0);
        unverified.set(0);
    }

    @Override
    public void close() {
        close(listening);
        threads.shutdownNow();
    }

    private ServerSocket listen(int at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 200);
            threads.execute(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                // Closed on purpose: further connections are refused.
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (RawCall call = RawCall.read(in); call != null; call = RawCall.read(in)) {
                calls.incrementAndGet();
                if (!answer(connection, call)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side has closed the connection, like a killed server.
            return;
        }
    }

    /** Whether the connection can be used again. */
    private boolean answer(Socket connection, RawCall call) throws IOException {
        OutputStream out = connection.getOutputStream();
        Health now = health;
        switch (now) {
            case REFUSED -> {
                return false;
            }
            case RESET_MID_BODY -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"deact"
                        .getBytes(UTF_8));
                out.flush();
                connection.setSoLinger(true, 0);
                return false;
            }
            case HUNG -> {
                LockSupport.parkNanos(HANG.toNanos());
                return false;
            }
            case ERROR_500 -> send(out, "500 Oops", "", "{}");
            case TOO_MANY_429 -> send(out, "429 Too Many Requests", "Retry-After: 1\r\n", "{}");
            case WRONG_CONTENT -> send(out, "200 OK", "", "<html>We are back soon</html>");
            default -> {
                LockSupport.parkNanos((now == Health.SLOW ? SLOW : delay).toNanos());
                if (call.isGet()) {
                    send(out, "200 OK", "", links(call));
                } else if (call.verifiedWith(secret)) {
                    send(out, "200 OK", "", receive(call.body()));
                } else {
                    unverified.incrementAndGet();
                    send(out, "503 Who are you", "Retry-After: 1\r\n", "{}");
                }
            }
        }
        return true;
    }

    private String receive(String body) throws IOException {
        JsonNode message = JSON.readTree(body);
        synchronized (received) {
            received.add(new Received(
                    message.path("id").asText(),
                    message.at("/user/id").asText(),
                    message.path("occurredAt").asText(),
                    message.path("reason").asText(),
                    Instant.now()));
        }
        return deactivate(message.at("/user/id").asText());
    }

    /** Each user has one link, whose id is the user's. */
    private synchronized String deactivate(String user) {
        if (!usersWithLinks.contains(user)) {
            return "{\"deactivated\":[]}";
        }
        usersWithLinks =
                usersWithLinks.stream().filter(other -> !other.equals(user)).toList();
        return "{\"deactivated\":[{\"id\":\"%s\",\"kind\":\"proxy\",\"status\":\"inactive\"}]}".formatted(user);
    }

    private String links(RawCall call) {
        if (!call.head().contains("status=active")) {
            return "{\"links\":[]}";
        }
        return usersWithLinks.stream()
                .skip(call.parameter("first"))
                .limit(call.parameter("max"))
                .map(user -> "{\"id\":\"%s\",\"user\":\"%s\",\"kind\":\"proxy\",\"status\":\"active\"}"
                        .formatted(user, user))
                .collect(Collectors.joining(",", "{\"links\":[", "]}"));
    }

    private static void send(OutputStream out, String status, String headers, String body) throws IOException {
        out.write("HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(status, headers, body.getBytes(UTF_8).length, body)
                .getBytes(UTF_8));
        out.flush();
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
