package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.Versioned;
import java.time.Duration;
import org.keycloak.provider.ProviderFactory;

/** Says how one kind of entry is delivered. Its id is the kind. */
public interface EntryHandlerFactory extends ProviderFactory<EntryHandler>, Versioned {

    /** How many owners are served at the same time by one node. */
    default int parallel() {
        return 4;
    }

    /** After this an attempt is taken for dead, and another node may try. */
    default Duration longestSend() {
        return Duration.ofSeconds(30);
    }

    /** How many may be under way right now: fewer than usual, or none, while the receiver is known to be down. Asked often. */
    default int room() {
        return parallel();
    }

    /** How long failing is answered with another attempt, before the entry becomes a dead letter. */
    default Duration giveUpAfter() {
        return Duration.ofDays(3);
    }

    /** How long a delivered entry is kept to be looked at. Dead letters are kept until somebody retries them. */
    default Duration keepDelivered() {
        return Duration.ofDays(30);
    }
}
