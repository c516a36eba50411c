package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.outbox.OutboxBackoff;

/**
 * When to try again. Keycloak's backoff, but it ends by the clock and not by a number of attempts: attempts that a closed
 * circuit spares, or that another entry's waiting delays, must not shorten the time an entry has.
 */
final class RetryPolicy {

    /** Never long, so that a receiver that is back hears soon; one that is down for all is spared by its handler's pause. */
    private static final List<Duration> CURVE = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5));

    /** Whoever asks for more is taken for mistaken: an entry must not sleep through the days it has. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final OutboxBackoff backoff = new OutboxBackoff(Integer.MAX_VALUE, CURVE);
    private final Duration giveUpAfter;

    RetryPolicy(Duration giveUpAfter) {
        this.giveUpAfter = giveUpAfter;
    }

    /**
     * @param attempts including the one that just failed
     * @return empty when the time is up
     */
    Optional<Instant> next(Instant now, Instant since, int attempts, Duration retryAfter) {
        if (!now.isBefore(since.plus(giveUpAfter))) {
            return Optional.empty();
        }
        Instant asked = now.plus(retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER);
        Instant own = backoff.computeNextAttemptAt(now, attempts);
        return Optional.of(own.isBefore(asked) ? asked : own);
    }
}
