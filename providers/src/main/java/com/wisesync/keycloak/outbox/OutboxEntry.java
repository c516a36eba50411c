package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.outbox.StoredEntry.State;
import java.time.Instant;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;

/**
 * One entry as its handler receives it for an attempt.
 *
 * @param id the id of the row, the same at every attempt
 * @param attempts how many attempts there were before this one
 * @param resent how often it was sent again after it had been delivered
 * @param isReleased whether staff have released it after it was held
 */
public record OutboxEntry(
        String kind,
        String realmId,
        String ownerId,
        String id,
        String type,
        String payload,
        int attempts,
        int resent,
        boolean isReleased,
        Instant createdAt) {

    static OutboxEntry of(OutboxEntryEntity row) {
        Metadata metadata = Metadata.of(row.getMetadata());
        return new OutboxEntry(
                row.getEntryKind(),
                row.getRealmId(),
                row.getOwnerId(),
                row.getCorrelationId(),
                State.originalType(row.getEntryType()),
                row.getPayload(),
                row.getAttempts(),
                metadata.resent(),
                metadata.isReleased(),
                row.getCreatedAt());
    }

    /**
     * The id by which the receiver knows the message: the same until the message is accepted, and {@code <id>.<n>} when it is
     * sent again afterwards, because receivers drop repeated ids.
     */
    public String messageId() {
        return resent == 0 ? id : id + "." + resent;
    }
}
