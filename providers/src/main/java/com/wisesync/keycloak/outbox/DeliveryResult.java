package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.util.Objects;

/**
 * How an attempt ended.
 *
 * @param error for people who look into it, without secrets; null when it did not fail
 * @param retryAfter how long the receiver wants to be left alone; zero when it did not say
 * @param answer what the receiver answered, if it is worth keeping: stands in the row's metadata from then on
 */
public record DeliveryResult(Outcome outcome, String error, Duration retryAfter, String answer) {

    /** What becomes of the entry. */
    public enum Outcome {
        DELIVERED,
        /** Nothing was sent: no attempt to count. */
        NOT_NOW,
        RETRY,
        DEAD_LETTER
    }

    public DeliveryResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(retryAfter, "retryAfter");
        boolean failed = outcome == Outcome.RETRY || outcome == Outcome.DEAD_LETTER;
        if (failed == (error == null)) {
            throw new IllegalArgumentException("A failed attempt, and no other, has an error to tell");
        }
    }

    public static DeliveryResult delivered() {
        return delivered(null);
    }

    public static DeliveryResult delivered(String answer) {
        return new DeliveryResult(Outcome.DELIVERED, null, Duration.ZERO, answer);
    }

    /** Left for later, as if it had not been taken. */
    public static DeliveryResult notNow(Duration retryAfter) {
        return new DeliveryResult(Outcome.NOT_NOW, null, retryAfter, null);
    }

    public static DeliveryResult retry(String error) {
        return retry(error, Duration.ZERO);
    }

    public static DeliveryResult retry(String error, Duration retryAfter) {
        return new DeliveryResult(Outcome.RETRY, error, retryAfter, null);
    }

    public static DeliveryResult deadLetter(String error) {
        return new DeliveryResult(Outcome.DEAD_LETTER, error, Duration.ZERO, null);
    }
}
