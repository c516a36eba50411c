package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");

    private final RetryPolicy policy = new RetryPolicy(Duration.ofDays(3));

    @Test
    void triesAgainSoonAtFirst() {
        assertThat(policy.next(WRITTEN, WRITTEN, 1, Duration.ZERO))
                .hasValueSatisfying(
                        next -> assertThat(next).isBetween(WRITTEN.plusMillis(750), WRITTEN.plusMillis(1250)));
    }

    @Test
    void waitsAFewMinutesAtMostIfTheReceiverDoesNotAsk() {
        assertThat(policy.next(WRITTEN, WRITTEN, 1000, Duration.ZERO))
                .hasValueSatisfying(next -> assertThat(next).isBefore(WRITTEN.plusSeconds(400)));
    }

    @Test
    void waitsAtLeastAsLongAsTheReceiverAsks() {
        assertThat(policy.next(WRITTEN, WRITTEN, 1, Duration.ofMinutes(7))).contains(WRITTEN.plusSeconds(420));
    }

    @Test
    void waitsAtMostAnHourIfTheReceiverAsks() {
        assertThat(policy.next(WRITTEN, WRITTEN, 1, Duration.ofDays(365))).contains(WRITTEN.plus(Duration.ofHours(1)));
    }

    @Test
    void givesUpAfterTheTimeRegardlessOfAttempts() {
        Instant late = WRITTEN.plus(Duration.ofDays(3));

        assertThat(policy.next(late.minusSeconds(1), WRITTEN, 500, Duration.ZERO))
                .isPresent();
        assertThat(policy.next(late, WRITTEN, 2, Duration.ZERO)).isEmpty();
    }
}
