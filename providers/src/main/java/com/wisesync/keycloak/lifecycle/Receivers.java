package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.outbox.BoundedHttp;
import com.wisesync.keycloak.outbox.Circuit;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.HttpAnswer;
import com.wisesync.keycloak.outbox.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The receivers that this node sends to, each with a circuit and a share of the senders, so that one that is down delays no
 * other.
 */
final class Receivers {

    /** For connecting and the whole answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** How many events are sent to one receiver at the same time, each about another user. */
    static final int SHARE = 8;

    /** How long a client whose settings are incomplete is left alone. */
    static final Duration MISCONFIGURED = Duration.ofSeconds(5);

    private static final Duration WHILE_OPEN = Duration.ofSeconds(1);
    private static final Duration WHILE_BUSY = Duration.ofMillis(200);

    private record Receiver(URI url, Circuit circuit, Semaphore share) {

        Receiver(URI url) {
            this(url, new Circuit(Clock.systemUTC()), new Semaphore(SHARE));
        }

        boolean isPaused() {
            return circuit.freeSlots(1) == 0 || share.availablePermits() == 0;
        }
    }

    private final BoundedHttp http = new BoundedHttp();
    private final Map<String, Receiver> byClient = new ConcurrentHashMap<>();
    private final Map<String, Instant> misconfiguredUntil = new ConcurrentHashMap<>();
    private final Clock clock;

    /** @param clock the current time */
    Receivers(Clock clock) {
        this.clock = clock;
    }

    /**
     * The owners of the entries to receivers that are down, have all of their senders under way, or can't be sent to: otherwise
     * many entries to one would be leased before one to another.
     */
    Set<String> pausedOwners() {
        Instant now = clock.instant();
        misconfiguredUntil.values().removeIf(until -> !now.isBefore(until));
        Stream<String> paused = byClient.entrySet().stream()
                .filter(receiver -> receiver.getValue().isPaused())
                .map(Map.Entry::getKey);
        return Stream.concat(paused, misconfiguredUntil.keySet().stream())
                .map(LifecycleClient::ownerPrefix)
                .collect(Collectors.toSet());
    }

    /** Nothing can be sent to the client, because its address or secret is missing or invalid. */
    void misconfigured(String clientId) {
        misconfiguredUntil.put(clientId, clock.instant().plus(MISCONFIGURED));
    }

    DeliveryResult send(String clientId, URI url, String id, String body, WebhookSignature signature)
            throws InterruptedException {
        Receiver receiver = byClient.compute(
                clientId, (any, known) -> known != null && known.url().equals(url) ? known : new Receiver(url));
        if (!receiver.share().tryAcquire()) {
            return DeliveryResult.notNow(WHILE_BUSY);
        }
        try {
            return receiver.circuit().tryCall()
                    ? call(receiver, id, body, signature)
                    : DeliveryResult.notNow(WHILE_OPEN);
        } finally {
            receiver.share().release();
        }
    }

    private DeliveryResult call(Receiver receiver, String id, String body, WebhookSignature signature)
            throws InterruptedException {
        DeliveryResult result = null;
        try {
            result = resultOf(
                    http.send(signature.post(receiver.url(), id, body).build(), TIMEOUT),
                    receiver.url().getAuthority());
        } catch (IOException e) {
            String key =
                    e instanceof HttpTimeoutException ? "wiseSyncLifecycleTimeout" : "wiseSyncLifecycleNotReachable";
            result = DeliveryResult.retry(DeliveryError.of(key)
                    .withDetail(
                            receiver.url().getAuthority() + ", " + e.getClass().getSimpleName()));
        } finally {
            receiver.circuit().record(result);
        }
        return result;
    }

    /** Decides by the status, as the contract says, whether the message is delivered, repeated or given up. */
    static DeliveryResult resultOf(HttpAnswer answer, String host) {
        if (answer.isSuccess()) {
            return DeliveryResult.delivered();
        }
        DeliveryError error =
                DeliveryError.of("wiseSyncLifecycleAnswered", answer.status()).withDetail(host);
        return switch (answer.status()) {
            case 429, 503 -> DeliveryResult.retry(error, answer.retryAfter(ZonedDateTime.now(ZoneOffset.UTC)));
            // The signature is refused, which says nothing about this event.
            case 401, 403 ->
                DeliveryResult.blocked(DeliveryError.of("wiseSyncLifecycleRefused", answer.status())
                        .withDetail(host));
            // A wrong address answers 404.
            case 404, 408 -> DeliveryResult.retry(error);
            default ->
                answer.status() >= 400 && answer.status() < 500
                        ? DeliveryResult.deadLetter(error)
                        : DeliveryResult.retry(error);
        };
    }
}
