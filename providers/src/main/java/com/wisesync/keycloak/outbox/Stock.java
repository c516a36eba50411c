package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** How many entries of a kind there are, counted now and then, so that looking at it costs nothing. */
final class Stock {

    private static final Duration FRESH = Duration.ofSeconds(15);

    /** @param oldest when the oldest that waits was written; null when none does */
    record Counts(Map<WrittenEntry.State, Long> byState, Instant oldest) {

        static final Counts NONE = new Counts(new EnumMap<>(WrittenEntry.State.class), null);

        long entries(WrittenEntry.State state) {
            return byState.getOrDefault(state, 0L);
        }

        double oldestSeconds() {
            return oldest == null ? 0 : Duration.between(oldest, Instant.now()).toMillis() / 1000.0;
        }
    }

    private final Supplier<Counts> counting;
    private volatile Counts counts = Counts.NONE;
    private Instant countAgainAt = Instant.MIN;

    Stock(Supplier<Counts> counting) {
        this.counting = counting;
    }

    Counts counts() {
        return counts;
    }

    /** By one thread only. */
    void refresh() {
        Instant now = Instant.now();
        if (now.isAfter(countAgainAt)) {
            countAgainAt = now.plus(FRESH);
            counts = counting.get();
        }
    }
}
