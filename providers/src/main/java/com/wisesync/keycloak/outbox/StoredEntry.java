package com.wisesync.keycloak.outbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

/**
 * One entry with its state, for lists and for reconciling.
 *
 * @param lastError null if the last attempt did not fail
 * @param answer what the receiver answered, if its handler kept that; may be null
 * @param note the handler's own note; may be null
 */
public record StoredEntry(
        OutboxEntry entry,
        State state,
        DeliveryError lastError,
        Instant nextAttemptAt,
        Instant deliveredAt,
        String answer,
        String note) {

    /**
     * The state of an entry. {@link OutboxEntryStatus} has no value for dismissed entries: they are dead letters whose entry
     * type begins with {@value #DISMISSED_PREFIX}, which SQL can filter.
     */
    public enum State {
        /** To be delivered, or being delivered. */
        WAITING(OutboxEntryStatus.PENDING),
        /** Not delivered until it is released. */
        HELD(OutboxEntryStatus.HELD),
        /** Accepted by the receiver. */
        DELIVERED(OutboxEntryStatus.DELIVERED),
        /** Given up, until it is retried. */
        FAILED(OutboxEntryStatus.DEAD_LETTER),
        /** Never to be delivered. */
        DISMISSED(OutboxEntryStatus.DEAD_LETTER);

        private static final String DISMISSED_PREFIX = "dismissed/";

        private final OutboxEntryStatus status;

        State(OutboxEntryStatus status) {
            this.status = status;
        }

        /** The name of the state in our API. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Finds a state by its name in our API. */
        public static Optional<State> find(String id) {
            return Arrays.stream(values())
                    .filter(state -> state.id().equals(id))
                    .findFirst();
        }

        static State of(OutboxEntryEntity row) {
            return switch (row.getStatus()) {
                case PENDING -> WAITING;
                case HELD -> HELD;
                case DELIVERED -> DELIVERED;
                case DEAD_LETTER -> row.getEntryType().startsWith(DISMISSED_PREFIX) ? DISMISSED : FAILED;
            };
        }

        OutboxEntryStatus status() {
            return status;
        }

        /** A condition on the row {@code e} that distinguishes states of the same status; empty if there are none. */
        String condition() {
            return switch (this) {
                case FAILED -> " AND e.entryType NOT LIKE '" + DISMISSED_PREFIX + "%'";
                case DISMISSED -> " AND e.entryType LIKE '" + DISMISSED_PREFIX + "%'";
                default -> "";
            };
        }

        static String dismissedType(String type) {
            return DISMISSED_PREFIX + type;
        }

        static String originalType(String type) {
            return type.startsWith(DISMISSED_PREFIX) ? type.substring(DISMISSED_PREFIX.length()) : type;
        }
    }

    static StoredEntry of(OutboxEntryEntity row) {
        Metadata metadata = Metadata.of(row.getMetadata());
        return new StoredEntry(
                OutboxEntry.of(row),
                State.of(row),
                DeliveryError.decode(row.getLastError()),
                row.getNextAttemptAt(),
                row.getDeliveredAt(),
                metadata.answer(),
                metadata.note());
    }

    static List<StoredEntry> of(List<OutboxEntryEntity> rows) {
        return rows.stream().map(StoredEntry::of).toList();
    }
}
