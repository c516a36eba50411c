package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.outbox.OutboxBackoff;

/**
 * When to try again. Uses Keycloak's backoff, but gives up by the clock and not after a number of attempts: attempts that an open
 * circuit spares, or that an earlier entry of the owner delays, do not shorten the time of an entry.
 */
final class RetryPolicy {

    /** Short, so that a receiver that is back is notified soon. A receiver that is down is spared by the circuit. */
    private static final List<Duration> CURVE = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5));

    /** A longer {@code Retry-After} is shortened: otherwise an entry could expire without another attempt. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final OutboxBackoff backoff = new OutboxBackoff(Integer.MAX_VALUE, CURVE);
    private final Duration giveUpAfter;

    RetryPolicy(Duration giveUpAfter) {
        this.giveUpAfter = giveUpAfter;
    }

    /**
     * When to try again.
     *
     * @param since the start of the first attempt
     * @param attempts including the one that just failed
     * @return empty if it is time to give up
     */
    Optional<Instant> next(Instant now, Instant since, int attempts, Duration retryAfter) {
        if (!now.isBefore(since.plus(giveUpAfter))) {
            return Optional.empty();
        }
        Instant asked = now.plus(retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER);
        Instant own = backoff.computeNextAttemptAt(now, attempts);
        return Optional.of(own.isBefore(asked) ? asked : own);
    }

    /** When to try again an entry that our own configuration blocks: never given up. */
    Instant nextWhenBlocked(Instant now, int attempts) {
        return backoff.computeNextAttemptAt(now, attempts);
    }
}
