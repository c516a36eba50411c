package com.wisesync.keycloak.outbox;

import java.time.Instant;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;

/**
 * One entry as its handler sees it at an attempt.
 *
 * @param id what the receiver knows it by, the same at every attempt
 * @param attempts how many there were before this one
 */
public record OutboxEntry(
        String kind,
        String realmId,
        String ownerId,
        String id,
        String type,
        String payload,
        int attempts,
        Instant createdAt) {

    static OutboxEntry of(OutboxEntryEntity row) {
        return new OutboxEntry(
                row.getEntryKind(),
                row.getRealmId(),
                row.getOwnerId(),
                row.getCorrelationId(),
                row.getEntryType(),
                row.getPayload(),
                row.getAttempts(),
                row.getCreatedAt());
    }
}
