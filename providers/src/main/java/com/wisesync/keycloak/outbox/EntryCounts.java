package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.outbox.StoredEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** How many entries of a kind need attention, counted at most every 15 seconds, so that reading it costs nothing. */
final class EntryCounts {

    private static final Duration MAX_AGE = Duration.ofSeconds(15);

    /**
     * Delivered and dismissed entries are not counted: there may be millions.
     *
     * @param oldest when the oldest waiting entry was written; null if none waits
     */
    record Counts(Map<State, Long> byState, Instant oldest) {

        static final Counts NONE = new Counts(new EnumMap<>(State.class), null);

        long entries(State state) {
            return byState.getOrDefault(state, 0L);
        }

        double oldestSeconds() {
            return oldest == null ? 0 : Duration.between(oldest, Instant.now()).toMillis() / 1000.0;
        }
    }

    private final Supplier<Counts> source;
    private volatile Counts counts = Counts.NONE;
    private Instant countAgainAt = Instant.MIN;

    EntryCounts(Supplier<Counts> source) {
        this.source = source;
    }

    Counts counts() {
        return counts;
    }

    /** Counts again if the last count is too old. To be called by one thread only. */
    void refresh() {
        Instant now = Instant.now();
        if (now.isAfter(countAgainAt)) {
            countAgainAt = now.plus(MAX_AGE);
            counts = source.get();
        }
    }
}
