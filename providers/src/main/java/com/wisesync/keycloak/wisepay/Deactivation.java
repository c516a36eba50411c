package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.wisesync.keycloak.outbox.Digest;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.keycloak.util.JsonSerialization;

/**
 * The message to Wise-Pay that a user was disabled or deleted: the body of {@code POST /v1/link-deactivations}, complete when the
 * change is detected.
 *
 * @param account the one account of the user; null if there was none, or several
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Deactivation(
        String id,
        Type type,
        String occurredAt,
        DeactivationReason reason,
        AccountSnapshot account,
        UserSnapshot user) {

    /** The account as it was. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AccountSnapshot(String id, String name) {}

    /**
     * The user as they were.
     *
     * @param username null if only the id is known
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record UserSnapshot(String id, String username, String email) {}

    /** The kinds of this message. */
    public enum Type {
        /** The user exists and has no access. */
        DISABLED("user.disabled"),
        /** The user does not exist any more. */
        DELETED("user.deleted");

        private final String id;

        Type(String id) {
            this.id = id;
        }

        /** The name of the type in the message. */
        @JsonValue
        public String id() {
            return id;
        }
    }

    static Deactivation now(Type type, DeactivationReason reason, AccountSnapshot account, UserSnapshot user) {
        return new Deactivation(UUID.randomUUID().toString(), type, Timestamp.now(), reason, account, user);
    }

    static Deactivation parse(String json) {
        try {
            return JsonSerialization.readValue(json, Deactivation.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The payload of a deactivation can't be read", e);
        }
    }

    /**
     * The owner of a user's entries. Ids of federated users contain their name in the directory and may be longer than the
     * column; these are replaced by a hash.
     */
    static String ownerId(String userId) {
        return Digest.ownerId(userId);
    }

    NewEntry entry(String realmId) {
        return new NewEntry(DeactivationHandlerFactory.KIND, realmId, ownerId(user.id()), id, type.id(), json());
    }

    /** The same message under another id. */
    Deactivation withId(String newId) {
        return new Deactivation(newId, type, occurredAt, reason, account, user);
    }

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
