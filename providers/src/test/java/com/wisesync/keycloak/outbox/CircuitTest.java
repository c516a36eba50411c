package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private final TestClock clock = new TestClock();
    private final Circuit circuit = new Circuit(clock);

    @Test
    void allowsTheUsualNumberOfCallsWhileClosed() {
        attempt(DeliveryResult.delivered());

        assertThat(circuit.freeSlots(16)).isEqualTo(16);
    }

    @Test
    void allowsNoCallsAfterFailures() {
        fail(5);

        assertThat(circuit.freeSlots(16)).isZero();
    }

    @Test
    void allowsOneTestCallAfterAPause() {
        fail(5);
        clock.pass(Duration.ofSeconds(2));

        assertThat(circuit.freeSlots(16)).isEqualTo(1);
    }

    @Test
    void staysClosedAfterOneRefusedEntry() {
        for (int i = 0; i < 20; i++) {
            attempt(DeliveryResult.deadLetter("Wise-Pay answered 400"));
        }

        assertThat(circuit.freeSlots(16)).isEqualTo(16);
    }

    /** Every other call would be refused too. */
    @Test
    void opensAtOnceWhenTheApiKeyIsRefused() {
        attempt(DeliveryResult.blocked(DeliveryError.of("wiseSyncWisePayKeyRefused", 401)));

        assertThat(circuit.freeSlots(16)).isZero();
        clock.pass(Duration.ofSeconds(2));
        assertThat(circuit.freeSlots(16)).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        attempt(DeliveryResult.retry(DeliveryError.of("wiseSyncWisePayAnswered", 429), Duration.ofSeconds(30)));

        clock.pass(Duration.ofSeconds(29));
        assertThat(circuit.freeSlots(16)).isZero();
        assertThat(circuit.tryCall()).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(circuit.freeSlots(16)).isEqualTo(16);
    }

    @Test
    void waitsAtMostAnHourForOneAnswer() {
        attempt(DeliveryResult.retry(DeliveryError.of("wiseSyncWisePayAnswered", 503), Duration.ofDays(365)));

        clock.pass(Duration.ofHours(1));
        assertThat(circuit.freeSlots(16)).isEqualTo(16);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            attempt(DeliveryResult.retry("refused"));
        }
    }

    private void attempt(DeliveryResult result) {
        assertThat(circuit.tryCall()).isTrue();
        circuit.record(result);
    }

    private static final class TestClock extends Clock {

        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
