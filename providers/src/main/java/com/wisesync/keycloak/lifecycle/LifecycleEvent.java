package com.wisesync.keycloak.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.outbox.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.keycloak.util.JsonSerialization;

/**
 * The message to an application.
 *
 * @param id the id of the outbox entry, the same for every attempt
 * @param account the account of the user; after they left it, the last one that was reported; null if there was none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LifecycleEvent(String id, EventType type, String occurredAt, EventAccount account, EventUser user) {

    /** The account. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EventAccount(String id, String name) {}

    /**
     * The user.
     *
     * @param enabled whether the user may enter the application
     * @param role null if they have none, or several
     * @param companyAccess {@code all}, {@code listed} or {@code none}
     * @param companies the ids of all companies that the user may work with
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record EventUser(
            String id,
            String username,
            String email,
            boolean emailVerified,
            String firstName,
            String lastName,
            boolean enabled,
            String role,
            String companyAccess,
            List<String> companies) {

        EventUser {
            companies = companies == null ? List.of() : List.copyOf(companies);
        }
    }

    static LifecycleEvent now(String id, EventType type, EventAccount account, EventUser user) {
        return new LifecycleEvent(id, type, Timestamp.now(), account, user);
    }

    static LifecycleEvent parse(String json) {
        try {
            return JsonSerialization.readValue(json, LifecycleEvent.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The body of a lifecycle event can't be read", e);
        }
    }

    /** Whether both contain the same account and user; the types may differ. */
    boolean isAbout(EventAccount otherAccount, EventUser otherUser) {
        return user.equals(otherUser) && Objects.equals(account, otherAccount);
    }

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
