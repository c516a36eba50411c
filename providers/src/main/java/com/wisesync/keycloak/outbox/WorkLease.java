package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Extends the lease of work that {@link Outbox#begin} has announced and publishes its progress, in short transactions of a thread
 * of its own.
 */
public final class WorkLease implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WorkLease.class);

    private static final int PERIOD_SECONDS = 1;

    private final KeycloakSessionFactory factory;
    private final String kind;
    private final String realmId;
    private final String id;
    private final Duration lease;
    private final Supplier<String> note;
    private final ScheduledExecutorService timer;

    /**
     * @param lease how long the entry is leased each time
     * @param note the progress, for readers
     */
    public WorkLease(
            KeycloakSessionFactory factory,
            String kind,
            String realmId,
            String id,
            Duration lease,
            Supplier<String> note) {
        this.factory = factory;
        this.kind = kind;
        this.realmId = realmId;
        this.id = id;
        this.lease = lease;
        this.note = note;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "wise-sync-" + kind + "-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Extends the lease until it is closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // Exceptions are handled in the task.
    public void keep() {
        timer.scheduleWithFixedDelay(this::extend, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void extend() {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    factory,
                    session -> session.getProvider(Outbox.class)
                            .transitions()
                            .extend(kind, realmId, id, lease, note.get()));
        } catch (RuntimeException e) {
            // The next one may succeed; an exception would end the timer.
            LOG.warnf(
                    "The lease of %s '%s' can't be extended: %s",
                    kind, id, e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
