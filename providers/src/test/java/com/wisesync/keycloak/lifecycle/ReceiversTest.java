package com.wisesync.keycloak.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.DeliveryResult.Outcome;
import com.wisesync.keycloak.outbox.HttpAnswer;
import com.wisesync.keycloak.outbox.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiversTest {

    private static final WebhookSignature SIGNATURE = WebhookSignature.with("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private final Receivers receivers = new Receivers(Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED", "204, DELIVERED", "302, RETRY", "400, DEAD_LETTER", "401, BLOCKED", "403, BLOCKED",
        "404, RETRY", "408, RETRY", "410, DEAD_LETTER", "429, RETRY", "500, RETRY", "503, RETRY"
    })
    void mapsEachStatusToAResult(int status, Outcome outcome) {
        assertThat(Receivers.resultOf(new HttpAnswer(status, "", Optional.empty()), "app.example")
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        DeliveryResult result = Receivers.resultOf(new HttpAnswer(429, "", Optional.of("30")), "app.example");

        assertThat(result.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void pausesOnlyTheReceiverThatFails() throws Exception {
        URI closedPort = URI.create("http://localhost:" + unusedPort());
        for (int i = 0; i < 5; i++) {
            DeliveryResult result = receivers.send("down", closedPort, "id", "{}", SIGNATURE);
            assertThat(result.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(result.error()).contains("wiseSyncLifecycleNotReachable");
        }

        assertThat(receivers.pausedOwners()).containsExactly(LifecycleClient.ownerPrefix("down"));
        assertThat(receivers.send("down", closedPort, "id", "{}", SIGNATURE).outcome())
                .isEqualTo(Outcome.NOT_NOW);
        assertThat(receivers.send("other", closedPort, "id", "{}", SIGNATURE).outcome())
                .isEqualTo(Outcome.RETRY);
    }

    @Test
    void pausesAReceiverWhoseShareIsUnderWay() throws Exception {
        ExecutorService senders = Executors.newCachedThreadPool();
        try (ServerSocket neverAnswers = new ServerSocket(0, Receivers.SHARE, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + neverAnswers.getLocalPort());
            List<Socket> calls = new ArrayList<>();
            for (int i = 0; i < Receivers.SHARE; i++) {
                senders.execute(() -> sendUntilInterrupted(url));
                calls.add(neverAnswers.accept());
            }

            assertThat(receivers.pausedOwners()).containsExactly(LifecycleClient.ownerPrefix("slow"));
            assertThat(receivers.send("slow", url, "id", "{}", SIGNATURE).outcome())
                    .isEqualTo(Outcome.NOT_NOW);
            for (Socket call : calls) {
                call.close();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    /** Its many entries would take the senders of other applications. */
    @Test
    void pausesAClientWithoutAUsableSecret() {
        Instant now = Instant.now();
        Clock clock = mock(Clock.class);
        when(clock.instant()).thenReturn(now);
        Receivers paused = new Receivers(clock);

        paused.misconfigured("client");

        assertThat(paused.pausedOwners()).containsExactly(LifecycleClient.ownerPrefix("client"));
        when(clock.instant()).thenReturn(now.plus(Receivers.MISCONFIGURED));
        assertThat(paused.pausedOwners()).isEmpty();
    }

    @Test
    void triesANewAddressAtOnce() throws Exception {
        URI closedPort = URI.create("http://localhost:" + unusedPort());
        for (int i = 0; i < 5; i++) {
            receivers.send("moved", closedPort, "id", "{}", SIGNATURE);
        }

        URI corrected = URI.create(closedPort + "/events");

        assertThat(receivers.send("moved", corrected, "id", "{}", SIGNATURE).outcome())
                .isEqualTo(Outcome.RETRY);
    }

    private void sendUntilInterrupted(URI url) {
        try {
            receivers.send("slow", url, "id", "{}", SIGNATURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
