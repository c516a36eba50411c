package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.Versioned;
import java.time.Duration;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Describes how one kind of entry is delivered. Its id is the kind. */
public interface EntryHandlerFactory extends ProviderFactory<EntryHandler>, Versioned {

    /** How many entries one node delivers at the same time, each of another owner. */
    default int parallel() {
        return 4;
    }

    /** The longest time a send may take. An attempt is considered dead after twice this time, and another node may try. */
    default Duration longestSend() {
        return Duration.ofSeconds(30);
    }

    /** How many entries may be under way now: fewer than usual, or none, while the receiver is down. Called often. */
    default int freeSlots() {
        return parallel();
    }

    /** How long a failing entry is repeated, from its first attempt, before it becomes a dead letter. */
    default Duration giveUpAfter() {
        return Duration.ofDays(3);
    }

    /**
     * How long entries are kept after they were delivered or dismissed, and after they failed unless {@link
     * #staffHandleFailed}.
     */
    default Duration keepEnded() {
        return Duration.ofDays(30);
    }

    /**
     * Whether staff can act on failed entries: these are kept until then. The alert on failed entries in the Prometheus rules
     * names the same kinds.
     */
    default boolean staffHandleFailed() {
        return false;
    }

    /**
     * Beginnings of the ids of owners whose entries are not leased now, because their receiver is down. Called often; at most some
     * dozen, of letters, digits and hyphens.
     */
    default Set<String> pausedOwners() {
        return Set.of();
    }

    /**
     * Beginnings of the ids of owners whose newest entry replaces the earlier ones: an entry that could not be delivered at its
     * first attempt does not delay it. Letters, digits, hyphens and colons.
     */
    default Set<String> ownersOfReplacements() {
        return Set.of();
    }

    /** Types of which the newest entry of an owner is never purged, as the record of what the receiver knows. */
    default Set<String> keptTypes() {
        return Set.of();
    }

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
