package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.core.type.TypeReference;
import com.wisesync.keycloak.outbox.WrittenEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.keycloak.util.JsonSerialization;

/**
 * One thing Wise-Pay was or will be told, as our API shows it.
 *
 * @param state waiting, delivered or failed
 * @param deactivated the links that Wise-Pay made inactive because of it
 */
public record ToldDeactivation(
        String id,
        String type,
        DeactivationReason reason,
        String state,
        int attempts,
        String lastError,
        Instant createdAt,
        Instant deliveredAt,
        List<Link> deactivated,
        User user,
        Account account) {

    public ToldDeactivation {
        deactivated = List.copyOf(deactivated);
    }

    /** Who was turned off, as they were then. */
    public record User(String id, String username, String email) {}

    /** Whose user they were then. */
    public record Account(String id, String name) {}

    private static final TypeReference<List<Link>> LINKS = new TypeReference<>() {};

    static ToldDeactivation of(WrittenEntry written) {
        Deactivation told = Deactivation.of(written.entry().payload());
        return new ToldDeactivation(
                told.id(),
                told.type().id(),
                told.reason(),
                written.state().id(),
                written.entry().attempts(),
                written.lastError(),
                written.entry().createdAt(),
                written.deliveredAt(),
                links(written.answer()),
                new User(told.user().id(), told.user().username(), told.user().email()),
                told.account() == null
                        ? null
                        : new Account(told.account().id(), told.account().name()));
    }

    private static List<Link> links(String answer) {
        if (answer == null) {
            return List.of();
        }
        try {
            return JsonSerialization.mapper.readValue(answer, LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException("A kept answer can't be read", e);
        }
    }
}
