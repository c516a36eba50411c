package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.outbox.DeliveryResult.Outcome;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether this node should call a receiver. After several failures, or refused credentials, the circuit opens: no entries are
 * leased, except for one from time to time, to test the receiver.
 */
public final class Circuit {

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_REQUESTED = Duration.ofHours(1);

    private final Clock clock;
    private final CircuitBreaker breaker;
    private volatile Instant openUntil = Instant.MIN;
    private volatile Instant quietUntil = Instant.MIN;

    /** @param clock the current time */
    public Circuit(Clock clock) {
        this.clock = clock;
        IntervalFunction wait = IntervalFunction.ofExponentialBackoff(SHORTEST_WAIT, 2, LONGEST_WAIT);
        this.breaker = CircuitBreaker.of(
                "receiver",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(opened -> opened(wait.apply(opened)))
                        .build());
    }

    /** How many calls may be under way now. */
    public int freeSlots(int usual) {
        Instant now = clock.instant();
        if (now.isBefore(quietUntil)) {
            return 0;
        }
        return switch (breaker.getState()) {
            case OPEN -> now.isBefore(openUntil) ? 0 : 1;
            case HALF_OPEN -> 1;
            default -> usual;
        };
    }

    /** Whether a call may be made now. {@link #record} must follow each call. */
    public boolean tryCall() {
        return !clock.instant().isBefore(quietUntil) && breaker.tryAcquirePermission();
    }

    /**
     * Records how a call ended.
     *
     * @param result null if the call was interrupted
     */
    public void record(DeliveryResult result) {
        if (result == null || result.outcome() == Outcome.NOT_NOW) {
            breaker.releasePermission();
        } else if (result.outcome() == Outcome.BLOCKED) {
            // The credentials are refused: every other call would be too.
            breaker.onError(0, breaker.getTimestampUnit(), new IllegalStateException(result.error()));
            if (breaker.getState() != CircuitBreaker.State.OPEN) {
                breaker.transitionToOpenState();
            }
        } else if (result.outcome() != Outcome.RETRY) {
            breaker.onSuccess(0, breaker.getTimestampUnit());
        } else if (result.retryAfter().isZero()) {
            breaker.onError(0, breaker.getTimestampUnit(), new IllegalStateException(result.error()));
        } else {
            quiet(result.retryAfter());
            breaker.releasePermission();
        }
    }

    private void quiet(Duration requested) {
        Duration quiet = requested.compareTo(LONGEST_REQUESTED) < 0 ? requested : LONGEST_REQUESTED;
        quietUntil = clock.instant().plus(quiet);
    }

    private long opened(long waitMillis) {
        openUntil = clock.instant().plusMillis(waitMillis);
        return waitMillis;
    }
}
