package com.wisesync.keycloak.admin;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Extends the lease of a running import and publishes its progress, in short transactions of a thread of its own. */
final class ImportLease implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ImportLease.class);

    private static final int PERIOD_SECONDS = 1;

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String id;
    private final IntSupplier done;
    private final ScheduledExecutorService timer;

    ImportLease(KeycloakSessionFactory factory, String realmId, String id, IntSupplier done) {
        this.factory = factory;
        this.realmId = realmId;
        this.id = id;
        this.done = done;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "wise-sync-import-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    // Exceptions are handled in the task.
    @SuppressWarnings("FutureReturnValueIgnored")
    void keep() {
        timer.scheduleWithFixedDelay(this::extend, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void extend() {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    factory,
                    session -> Imports.outbox(session)
                            .transitions()
                            .extend(Imports.KIND, realmId, id, Imports.LEASE, String.valueOf(done.getAsInt())));
        } catch (RuntimeException e) {
            // The next one may succeed; an exception would end the timer.
            LOG.warnf(
                    "The lease of import '%s' can't be extended: %s",
                    id, e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
