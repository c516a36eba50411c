package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.annotation.JsonValue;
import com.wisesync.keycloak.outbox.NewEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.keycloak.util.JsonSerialization;

/**
 * What Wise-Pay is told: the body of {@code POST /v1/link-deactivations}, fixed when it is noticed.
 *
 * @param account the one account the user belonged to; null when there was none, or several
 */
record Deactivation(
        String id, Type type, String occurredAt, DeactivationReason reason, AccountName account, Person user) {

    record AccountName(String id, String name) {}

    record Person(String id, String username, String email) {}

    enum Type {
        DISABLED("user.disabled"),
        DELETED("user.deleted");

        private final String id;

        Type(String id) {
            this.id = id;
        }

        @JsonValue
        String id() {
            return id;
        }
    }

    /** Always with milliseconds: an Instant's own text leaves them out when they are zero, and then no longer sorts as text. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static Deactivation now(Type type, DeactivationReason reason, AccountName account, Person user) {
        return new Deactivation(
                UUID.randomUUID().toString(), type, MOMENT.format(Instant.now()), reason, account, user);
    }

    static Deactivation of(String json) {
        try {
            return JsonSerialization.readValue(json, Deactivation.class);
        } catch (IOException e) {
            throw new UncheckedIOException("A deactivation's payload can't be read", e);
        }
    }

    NewEntry entry(String realmId) {
        return new NewEntry(DeactivationHandlerFactory.KIND, realmId, user.id(), id, type.id(), json());
    }

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
