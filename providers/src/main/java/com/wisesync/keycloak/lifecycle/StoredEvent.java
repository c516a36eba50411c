package com.wisesync.keycloak.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.StoredEntry;
import java.time.Instant;
import java.util.function.Function;

/**
 * A lifecycle event in the outbox, in the form of our API.
 *
 * @param id the id of the message
 * @param type what is reported; {@code check} and {@code resend} until the first attempt decides
 * @param client the client id of the application; its internal id if it was deleted
 * @param user their username is known once the first attempt has read them
 * @param account known once the first attempt has read the user; null if they never had one
 * @param state {@code waiting}, "delivered", {@code failed} or {@code dismissed}
 * @param lastError why the last attempt failed, in the language of the reader; may be null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredEvent(
        String id,
        String type,
        String client,
        ListedUser user,
        ListedAccount account,
        String state,
        int attempts,
        String lastError,
        String createdAt,
        String deliveredAt) {

    /** The user of an event. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ListedUser(String id, String username) {}

    /** The account of the user. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ListedAccount(String id, String name) {}

    /**
     * @param clientIds finds the client id of an application
     * @param texts renders an error for the reader
     */
    static StoredEvent of(
            StoredEntry stored, Function<String, String> clientIds, Function<DeliveryError, String> texts) {
        EventRow row = EventRow.parse(stored.entry().payload());
        return new StoredEvent(
                stored.entry().id(),
                stored.entry().type(),
                clientIds.apply(row.client()),
                new ListedUser(
                        row.user(),
                        row.frozen().map(event -> event.user().username()).orElse(null)),
                row.frozen()
                        .map(LifecycleEvent::account)
                        .map(account -> new ListedAccount(account.id(), account.name()))
                        .orElse(null),
                stored.state().id(),
                stored.entry().attempts(),
                stored.lastError() == null ? null : texts.apply(stored.lastError()),
                stored.entry().createdAt().toString(),
                text(stored.deliveredAt()));
    }

    private static String text(Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
