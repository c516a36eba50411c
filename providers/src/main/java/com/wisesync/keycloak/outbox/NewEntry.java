package com.wisesync.keycloak.outbox;

import java.util.Objects;
import java.util.UUID;

/**
 * An entry to write.
 *
 * @param kind the id of the {@link EntryHandlerFactory} that will deliver it
 * @param realmId the realm it belongs to; it is deleted with the realm
 * @param ownerId whose order is kept, 1 to 64 characters (a user's id, see {@link Digest#ownerId}): the entries of one owner
 *     and kind are delivered one after the other, in the order in which they were written
 * @param id a UUID, the id of the row and of the message
 * @param type the type within the kind
 * @param payload read by the handler only; must contain no secret
 */
public record NewEntry(String kind, String realmId, String ownerId, String id, String type, String payload) {

    static final int MAX_OWNER_ID = 64;

    public NewEntry {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(realmId, "realmId");
        Objects.requireNonNull(ownerId, "ownerId");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(payload, "payload");
        if (ownerId.isEmpty() || ownerId.length() > MAX_OWNER_ID) {
            throw new IllegalArgumentException("An entry's owner has 1 to 64 characters");
        }
        if (id.isEmpty() || id.length() > 36) {
            throw new IllegalArgumentException("An entry's id has 1 to 36 characters");
        }
    }

    /** An entry with a random id. */
    public NewEntry(String kind, String realmId, String ownerId, String type, String payload) {
        this(kind, realmId, ownerId, UUID.randomUUID().toString(), type, payload);
    }
}
