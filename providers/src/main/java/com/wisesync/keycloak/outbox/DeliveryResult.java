package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.util.Objects;

/**
 * How an attempt ended.
 *
 * @param error what is stored in the row, without secrets; null if the attempt did not fail
 * @param retryAfter how long the receiver asked to wait; zero if it did not ask
 * @param answer what the receiver answered, if it is worth keeping, or the note of a held entry: stored in the row's metadata
 */
public record DeliveryResult(Outcome outcome, String error, Duration retryAfter, String answer) {

    /** What happens to the entry next. */
    public enum Outcome {
        /** The receiver accepted it. */
        DELIVERED,
        /** Nothing was sent, and no attempt is counted. */
        NOT_NOW,
        /** The attempt failed and is repeated, until the time to give up. */
        RETRY,
        /** Our own configuration is incomplete or refused. The attempt is repeated, and the time to give up does not run. */
        BLOCKED,
        /** The entry no longer applies. It is dismissed and never sent. */
        OBSOLETE,
        /** Nothing was sent. Staff decide whether it is. */
        HELD,
        /** Repeating is useless. Staff decide. */
        DEAD_LETTER
    }

    /** Checks that a failed attempt, and no other, has an error. */
    public DeliveryResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(retryAfter, "retryAfter");
        boolean failed = outcome != Outcome.DELIVERED && outcome != Outcome.NOT_NOW;
        if (failed == (error == null)) {
            throw new IllegalArgumentException("A failed attempt has an error, and no other has one");
        }
    }

    /** Accepted, without an answer to keep. */
    public static DeliveryResult delivered() {
        return delivered(null);
    }

    /**
     * Accepted.
     *
     * @param answer what the receiver answered, without secrets; may be null
     */
    public static DeliveryResult delivered(String answer) {
        return new DeliveryResult(Outcome.DELIVERED, null, Duration.ZERO, answer);
    }

    /** Not attempted: the entry is due again after the delay, as if it had not been leased. */
    public static DeliveryResult notNow(Duration retryAfter) {
        return new DeliveryResult(Outcome.NOT_NOW, null, retryAfter, null);
    }

    /** Failed, to be repeated. */
    public static DeliveryResult retry(DeliveryError error) {
        return retry(error, Duration.ZERO);
    }

    /** Failed, to be repeated no earlier than the receiver asked for. */
    public static DeliveryResult retry(DeliveryError error, Duration retryAfter) {
        return new DeliveryResult(Outcome.RETRY, error.encode(), retryAfter, null);
    }

    /**
     * Failed, to be repeated.
     *
     * @param error must be the text of no exception and contain no secret
     */
    public static DeliveryResult retry(String error) {
        return new DeliveryResult(Outcome.RETRY, error, Duration.ZERO, null);
    }

    /** Failed because of our own configuration: repeated for as long as it takes. */
    public static DeliveryResult blocked(DeliveryError error) {
        return new DeliveryResult(Outcome.BLOCKED, error.encode(), Duration.ZERO, null);
    }

    /** No longer applies: dismissed. */
    public static DeliveryResult obsolete(DeliveryError reason) {
        return new DeliveryResult(Outcome.OBSOLETE, reason.encode(), Duration.ZERO, null);
    }

    /**
     * Not sent, and held until staff release or dismiss it.
     *
     * @param why the reason, shown to staff
     * @param note for the handler; may be null
     */
    public static DeliveryResult held(DeliveryError why, String note) {
        return new DeliveryResult(Outcome.HELD, why.encode(), Duration.ZERO, note);
    }

    /** Failed for good. */
    public static DeliveryResult deadLetter(DeliveryError error) {
        return deadLetter(error.encode());
    }

    /**
     * Failed for good.
     *
     * @param error must be the text of no exception and contain no secret
     */
    public static DeliveryResult deadLetter(String error) {
        return new DeliveryResult(Outcome.DEAD_LETTER, error, Duration.ZERO, null);
    }
}
