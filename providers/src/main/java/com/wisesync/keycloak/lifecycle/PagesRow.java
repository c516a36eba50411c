package com.wisesync.keycloak.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.outbox.NewEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.keycloak.util.JsonSerialization;

/**
 * The payload of an outbox entry of the kind {@value #KIND}: write an entry about each of many users.
 *
 * @param client the id of the client
 * @param account the id of the account whose users are meant; null for the users of all accounts
 * @param companies only users who work with one of these companies; null for all
 * @param type the type of the users' entries
 * @param after the id of the last user whose entry was written; null at the beginning
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record PagesRow(String client, String account, List<String> companies, EventType type, String after) {

    static final String KIND = "lifecycle-pages";

    static PagesRow parse(String json) {
        try {
            return JsonSerialization.readValue(json, PagesRow.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The payload of an entry about many users can't be read", e);
        }
    }

    /** All users, whether or not anything changed. */
    static PagesRow all(String clientId) {
        return new PagesRow(clientId, null, null, EventType.RESEND, null);
    }

    PagesRow from(String lastUser) {
        return new PagesRow(client, account, companies, type, lastUser);
    }

    NewEntry entry(String realmId) {
        return entry(realmId, UUID.randomUUID().toString());
    }

    NewEntry entry(String realmId, String id) {
        String subject = account == null ? "all" : account;
        try {
            return new NewEntry(
                    KIND,
                    realmId,
                    LifecycleClient.ownerId(client, subject),
                    id,
                    type.id(),
                    JsonSerialization.writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
