package com.wisesync.keycloak.events;

import com.wisesync.keycloak.outbox.TransactionChanges;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.models.KeycloakSession;

/**
 * Refuses the commit of a transaction in which a handler of an admin event failed. Keycloak logs and ignores exceptions of event
 * listeners (AdminEventBuilder, 26.7.4), so the change would be committed without its effects.
 */
final class CommitGuard {

    private final TransactionChanges<AtomicBoolean> failures =
            new TransactionChanges<>(AtomicBoolean::new, (failed, em) -> refuseIf(failed.get()));

    void run(KeycloakSession session, Runnable handler) {
        boolean done = false;
        try {
            handler.run();
            done = true;
        } finally {
            if (!done) {
                failures.of(session).set(true);
            }
        }
    }

    private static void refuseIf(boolean failed) {
        if (failed) {
            throw new IllegalStateException(
                    "The effects of an admin event could not be written; the log has the cause");
        }
    }
}
