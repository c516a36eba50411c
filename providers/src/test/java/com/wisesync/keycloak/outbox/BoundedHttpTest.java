package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.OutboundProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedHttpTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BoundedHttp http = new BoundedHttp();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** On one machine no connection waits, so the settings of the client are checked. */
    @Test
    void givesUpConnectingAfterTwoSeconds() {
        assertThat(http.client.connectTimeout()).contains(Duration.ofSeconds(2));
    }

    @Test
    void usesTheProxyOfKeycloaksSettings() {
        assertThat(http.client.proxy()).containsInstanceOf(OutboundProxy.class);
    }

    @Test
    void followsNoRedirect() throws Exception {
        serve("/elsewhere", exchange -> exchange.sendResponseHeaders(200, -1));
        serve("/", exchange -> {
            exchange.getResponseHeaders().set("Location", address("/elsewhere").toString());
            exchange.sendResponseHeaders(307, -1);
        });

        assertThat(http.send(get(), Duration.ofSeconds(5)).status()).isEqualTo(307);
    }

    @Test
    void endsInTimeWhenNothingIsAnswered() {
        serve("/", exchange -> hang());

        assertEndsInTime();
    }

    @Test
    void endsInTimeWhenTheBodyDoesNotEnd() {
        serve("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang();
        });

        assertEndsInTime();
    }

    @Test
    void readsNoMoreThanTheLimit() {
        serve("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 64; i++) {
                body.write(block);
            }
        });

        assertThatThrownBy(() -> http.send(get(), Duration.ofSeconds(5)))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("The answer has more than");
    }

    private void assertEndsInTime() {
        Instant start = Instant.now();
        assertThatThrownBy(() -> http.send(get(), SHORT)).isInstanceOf(HttpTimeoutException.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(SHORT.plusSeconds(2));
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(String path, HttpHandler answer) {
        server.createContext(path, (HttpExchange exchange) -> {
            try (exchange) {
                answer.handle(exchange);
            }
        });
    }

    private HttpRequest get() {
        return HttpRequest.newBuilder(address("/")).build();
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }
}
