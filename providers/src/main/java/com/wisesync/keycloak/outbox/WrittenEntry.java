package com.wisesync.keycloak.outbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

/**
 * One entry as people look at it.
 *
 * @param answer what the receiver answered, if its handler kept that; may be null
 */
public record WrittenEntry(
        OutboxEntry entry, State state, String lastError, Instant nextAttemptAt, Instant deliveredAt, String answer) {

    /** Where an entry stands. */
    public enum State {
        WAITING,
        DELIVERED,
        FAILED;

        /** As our API writes it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> named(String id) {
            return Arrays.stream(values())
                    .filter(state -> state.id().equals(id))
                    .findFirst();
        }

        static State of(OutboxEntryStatus status) {
            return switch (status) {
                case PENDING, HELD -> WAITING;
                case DELIVERED -> DELIVERED;
                case DEAD_LETTER -> FAILED;
            };
        }

        OutboxEntryStatus status() {
            return switch (this) {
                case WAITING -> OutboxEntryStatus.PENDING;
                case DELIVERED -> OutboxEntryStatus.DELIVERED;
                case FAILED -> OutboxEntryStatus.DEAD_LETTER;
            };
        }
    }

    static WrittenEntry of(OutboxEntryEntity row) {
        return new WrittenEntry(
                OutboxEntry.of(row),
                State.of(row.getStatus()),
                row.getLastError(),
                row.getNextAttemptAt(),
                row.getDeliveredAt(),
                Metadata.of(row.getMetadata()).answer());
    }
}
