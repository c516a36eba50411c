package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.StoredEntry;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A deactivation in the outbox, in the form of our API.
 *
 * @param id the id of the row
 * @param type {@code user.disabled} or {@code user.deleted}
 * @param state {@code waiting}, {@code held}, "delivered", {@code failed} or {@code dismissed}
 * @param lastError why it is held, or why the last attempt failed, in the language of the reader; may be null
 * @param deactivated the links that Wise-Pay deactivated
 * @param links the active links that a held entry would deactivate, at most 100
 * @param user the user as they were
 * @param account the account as it was; null if the user was in none, or in several
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredDeactivation(
        String id,
        String type,
        String reason,
        String state,
        int attempts,
        String lastError,
        String createdAt,
        String deliveredAt,
        List<Link> deactivated,
        List<Link> links,
        Deactivation.UserSnapshot user,
        Deactivation.AccountSnapshot account) {

    /** Copies the lists. */
    public StoredDeactivation {
        deactivated = List.copyOf(deactivated);
        links = List.copyOf(links);
    }

    /** @param texts renders an error for the reader */
    static StoredDeactivation of(StoredEntry stored, Function<DeliveryError, String> texts) {
        Deactivation deactivation = Deactivation.parse(stored.entry().payload());
        return new StoredDeactivation(
                stored.entry().id(),
                deactivation.type().id(),
                deactivation.reason().id(),
                stored.state().id(),
                stored.entry().attempts(),
                stored.lastError() == null ? null : texts.apply(stored.lastError()),
                stored.entry().createdAt().toString(),
                text(stored.deliveredAt()),
                LinksJson.stored(stored.answer()),
                LinksJson.stored(stored.note()),
                deactivation.user(),
                deactivation.account());
    }

    private static String text(Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
