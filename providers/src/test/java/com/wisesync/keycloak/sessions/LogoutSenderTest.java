package com.wisesync.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.DeliveryResult.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogoutSenderTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final LogoutSender sender = new LogoutSender();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            received.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Location", "/204");
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void postsTheTokenAsAForm() throws Exception {
        assertThat(send(204).outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(received).containsExactly("/204 logout_token=a.b.c");
    }

    @Test
    void aRefusedTokenIsNotRepeated() throws Exception {
        assertThat(send(400).outcome()).isEqualTo(Outcome.DEAD_LETTER);
    }

    @Test
    void otherFailuresAreRepeated() throws Exception {
        for (int status : List.of(500, 503, 404, 429)) {
            assertThat(send(status).outcome()).isEqualTo(Outcome.RETRY);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        assertThat(send(302).outcome()).isEqualTo(Outcome.RETRY);
        assertThat(received).containsExactly("/302 logout_token=a.b.c");
    }

    @Test
    void anUnreachableApplicationIsRepeatedAndTheErrorShowsNoAddress() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        DeliveryResult result = sender.send(URI.create("http://127.0.0.1:" + port + "/secret-path"), "a.b.c");

        assertThat(result.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(result.error()).isEqualTo("ConnectException");
    }

    private DeliveryResult send(int status) throws InterruptedException {
        return sender.send(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + status), "a.b.c");
    }
}
