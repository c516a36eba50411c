package com.wisesync.keycloak.events;

import com.wisesync.keycloak.outbox.TransactionChanges;
import java.util.concurrent.atomic.AtomicReference;
import org.keycloak.models.KeycloakSession;

/**
 * Refuses the commit of a transaction in which a handler of an admin event failed. Keycloak logs and ignores exceptions of event
 * listeners (AdminEventBuilder, 26.7.4), so the change would be committed without its effects.
 */
final class CommitGuard {

    private final TransactionChanges<AtomicReference<RuntimeException>> failures =
            new TransactionChanges<>(AtomicReference::new, (failure, em) -> refuse(failure.get()));

    void run(KeycloakSession session, Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException e) {
            failures.of(session).set(e);
            throw e;
        }
    }

    private static void refuse(RuntimeException failure) {
        if (failure != null) {
            throw new IllegalStateException("The effects of an admin event could not be written", failure);
        }
    }
}
