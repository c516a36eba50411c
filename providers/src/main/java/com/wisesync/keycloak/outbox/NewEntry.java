package com.wisesync.keycloak.outbox;

import java.util.Objects;
import java.util.UUID;

/**
 * What is to be delivered.
 *
 * @param kind the id of the {@link EntryHandlerFactory} that will deliver it
 * @param realmId the realm it belongs to: with the realm, it goes
 * @param ownerId whose order it keeps, at most 64 characters (a user's id): an owner's entries of a kind are delivered one
 *     after the other, as they were written
 * @param id what the receiver knows it by, the same at every attempt: a UUID, also the row's own id
 * @param type what the handler tells its entries apart by
 * @param payload the handler's own, and no secret
 */
public record NewEntry(String kind, String realmId, String ownerId, String id, String type, String payload) {

    public NewEntry {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(realmId, "realmId");
        Objects.requireNonNull(ownerId, "ownerId");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(payload, "payload");
        if (ownerId.isEmpty() || ownerId.length() > 64) {
            throw new IllegalArgumentException("An entry's owner has 1 to 64 characters");
        }
        if (id.isEmpty() || id.length() > 36) {
            throw new IllegalArgumentException("An entry's id has 1 to 36 characters");
        }
    }

    public NewEntry(String kind, String realmId, String ownerId, String type, String payload) {
        this(kind, realmId, ownerId, UUID.randomUUID().toString(), type, payload);
    }
}
