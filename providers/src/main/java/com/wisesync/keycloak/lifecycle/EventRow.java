package com.wisesync.keycloak.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.outbox.NewEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.util.JsonSerialization;

/**
 * The payload of an outbox entry of the kind {@value #KIND}.
 *
 * @param client the id of the client
 * @param user the id of the user
 * @param body what is sent; null until the first attempt
 * @param forRole for a deletion, whether the user's role could enter the application; null otherwise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventRow(String client, String user, LifecycleEvent body, Boolean forRole) {

    static final String KIND = "lifecycle";

    static EventRow parse(String json) {
        try {
            return JsonSerialization.readValue(json, EventRow.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The payload of a lifecycle event can't be read", e);
        }
    }

    /** An entry whose body is read at the first attempt. */
    static NewEntry entry(String realmId, String clientId, String userId, EventType type) {
        return entry(realmId, UUID.randomUUID().toString(), type, new EventRow(clientId, userId, null, null));
    }

    /** An entry about a user who is about to be deleted. */
    static NewEntry deletion(
            String realmId,
            String clientId,
            LifecycleEvent.EventAccount account,
            LifecycleEvent.EventUser user,
            boolean forRole) {
        String id = UUID.randomUUID().toString();
        LifecycleEvent body = LifecycleEvent.now(id, EventType.DELETED, account, user);
        return entry(realmId, id, EventType.DELETED, new EventRow(clientId, user.id(), body, forRole));
    }

    Optional<LifecycleEvent> frozen() {
        return Optional.ofNullable(body);
    }

    EventRow with(LifecycleEvent newBody) {
        return new EventRow(client, user, newBody, forRole);
    }

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NewEntry entry(String realmId, String id, EventType type, EventRow row) {
        return new NewEntry(
                KIND, realmId, LifecycleClient.ownerId(row.client(), row.user()), id, type.id(), row.json());
    }
}
