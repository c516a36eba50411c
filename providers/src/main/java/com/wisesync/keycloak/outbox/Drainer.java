package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Delivers the entries of one kind. Every node runs one.
 *
 * <p>One thread leases as many entries as there are free senders; the senders attempt them and record the results. The thread is
 * woken by commits and by ended attempts, and otherwise polls for entries that another node left behind. It survives exceptions
 * and errors, because nothing would be delivered without it.
 *
 * <p>Keycloak's own drainer task is not used: it holds a transaction and its row locks over a whole batch of calls, and lets a
 * retried entry be overtaken by later ones of the same owner (OutboxDrainerTask of 26.7.4).
 */
final class Drainer {

    private static final Logger LOG = Logger.getLogger(Drainer.class);
    private static final Duration POLL_WHEN_IDLE = Duration.ofSeconds(5);
    private static final Duration POLL_WHEN_BUSY = Duration.ofMillis(500);
    private static final Duration POLL_AGAIN = Duration.ofMillis(1);
    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

    private final EntryHandlerFactory handlers;
    private final Leases leases;
    private final Attempt attempt;
    private final EntryCounts counts;
    private final OutboxMetrics metrics;
    private final Signal signal = new Signal();
    private final Semaphore idle;
    private final ExecutorService senders;
    private final Thread leaser;
    private volatile boolean running = true;
    private Instant purgeAt = Instant.MIN;

    Drainer(EntryHandlerFactory handlers, Leases leases, Attempt attempt) {
        this.handlers = handlers;
        this.leases = leases;
        this.attempt = attempt;
        this.counts = new EntryCounts(leases::count);
        this.metrics = new OutboxMetrics(handlers.getId(), counts);
        this.idle = new Semaphore(handlers.parallel());
        String name = "wise-sync-" + handlers.getId();
        this.senders = Executors.newFixedThreadPool(handlers.parallel(), task -> daemon(task, name + "-sender"));
        this.leaser = daemon(this::leaseUntilStopped, name);
    }

    void start() {
        leaser.start();
    }

    void wake() {
        signal.give();
    }

    /** Leases no more entries; those under way go on. */
    void stopLeasing() {
        running = false;
        leaser.interrupt();
        metrics.close();
    }

    /** Waits for the entries under way, and returns whether all ended by the given moment. */
    boolean awaitEnd(Instant latest) {
        try {
            leaser.join(Math.max(1, Duration.between(Instant.now(), latest).toMillis()));
            senders.shutdown();
            return senders.awaitTermination(
                    Duration.between(Instant.now(), latest).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void interruptSenders() {
        senders.shutdownNow();
    }

    private void leaseUntilStopped() {
        while (running) {
            try {
                signal.await(leaseAndSend());
            } catch (InterruptedException e) {
                // Only the server's stop interrupts this thread.
                LOG.debugf("'%s' leases no more entries", handlers.getId());
            } catch (Throwable e) {
                // Errors too, as in Keycloak's ScheduledTaskRunner (26.7.4).
                LOG.errorf(e, "Entries of '%s' can't be leased from the outbox, trying again", handlers.getId());
                pauseAfterError();
            }
        }
    }

    /** Returns how long to wait for a signal before the next call. */
    private Duration leaseAndSend() {
        counts.refresh();
        int underWay = handlers.parallel() - idle.availablePermits();
        int free = Math.min(handlers.freeSlots(), handlers.parallel()) - underWay;
        if (free <= 0) {
            return POLL_WHEN_BUSY;
        }
        Leases.Leased leased = leases.leaseDue(free);
        leased.leases().forEach(this::send);
        if (!leased.leases().isEmpty()) {
            return POLL_AGAIN;
        }
        if (leased.contended()) {
            return POLL_WHEN_BUSY;
        }
        purge();
        return leases.nextDue()
                .map(due -> shorter(Duration.between(Instant.now(), due), POLL_WHEN_IDLE))
                .orElse(POLL_WHEN_IDLE);
    }

    private void send(Lease lease) {
        idle.acquireUninterruptibly();
        senders.execute(() -> {
            try {
                deliver(lease);
            } catch (Throwable e) {
                LOG.errorf(
                        e,
                        "The result of an attempt can't be recorded, so the attempt is repeated. kind=%s id=%s",
                        handlers.getId(),
                        lease.rowId());
            } finally {
                idle.release();
                signal.give();
            }
        });
    }

    private void deliver(Lease lease) {
        Instant start = Instant.now();
        try {
            DeliveryResult result = attempt.deliver(lease.entry());
            metrics.attempted(result.outcome(), Duration.between(start, Instant.now()));
            leases.record(lease, result);
        } catch (InterruptedException e) {
            leases.giveBack(lease);
        }
    }

    private void purge() {
        if (Instant.now().isAfter(purgeAt)) {
            purgeAt = Instant.now().plus(BETWEEN_PURGES);
            leases.purgeEnded();
        }
    }

    private void pauseAfterError() {
        try {
            signal.await(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            LOG.debugf("'%s' leases no more entries", handlers.getId());
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
