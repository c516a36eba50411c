package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Delivers the entries of one kind. One thread takes leases, as many as there are idle senders; the senders attempt and record. It is
 * woken by commits and by ended attempts, and otherwise looks when the next entry is due, for what another node left behind.
 *
 * <p>Every node runs one. Keycloak's own drainer task is not used: it holds a transaction and its row locks over a whole batch of
 * calls, and lets a retried entry be overtaken by later ones of the same owner (OutboxDrainerTask of 26.7.4).
 */
final class Drainer {

    private static final Logger LOG = Logger.getLogger(Drainer.class);
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(5);
    private static final Duration WITHOUT_ROOM = Duration.ofMillis(500);
    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

    private final EntryHandlerFactory handlers;
    private final Leases leases;
    private final Attempt attempt;
    private final Stock stock;
    private final OutboxMetrics metrics;
    private final Signal signal = new Signal();
    private final Semaphore idle;
    private final ExecutorService senders;
    private final Thread taker;
    private volatile boolean running = true;
    private Instant purgeAt = Instant.MIN;

    Drainer(EntryHandlerFactory handlers, Leases leases, KeycloakSessionFactory factory) {
        this.handlers = handlers;
        this.leases = leases;
        this.attempt = new Attempt(factory, handlers);
        this.stock = new Stock(leases::count);
        this.metrics = new OutboxMetrics(handlers.getId(), stock);
        this.idle = new Semaphore(handlers.parallel());
        String name = "wise-sync-" + handlers.getId();
        this.senders = Executors.newFixedThreadPool(handlers.parallel(), task -> daemon(task, name + "-sender"));
        this.taker = daemon(this::take, name);
    }

    void start() {
        taker.start();
    }

    void wake() {
        signal.give();
    }

    Stock.Counts counts() {
        return stock.counts();
    }

    void refuseMore() {
        running = false;
        taker.interrupt();
        metrics.close();
    }

    /** Whether what is under way ends by then. */
    boolean endsBy(Instant latest) {
        try {
            taker.join(Math.max(1, Duration.between(Instant.now(), latest).toMillis()));
            senders.shutdown();
            return senders.awaitTermination(
                    Duration.between(Instant.now(), latest).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void interrupt() {
        senders.shutdownNow();
    }

    private void take() {
        while (running) {
            try {
                signal.await(round());
            } catch (InterruptedException e) {
                // Only a stop interrupts.
                LOG.debugf("'%s' takes no more", handlers.getId());
            } catch (Throwable e) {
                // Errors too, as Keycloak's ScheduledTaskRunner has it (26.7.4): without this thread nothing is
                // delivered any more.
                LOG.errorf(e, "Entries of '%s' can't be taken from the outbox, trying again", handlers.getId());
                pauseAfterError();
            }
        }
    }

    /** How long to wait for a signal before the next one. */
    private Duration round() {
        stock.refresh();
        int underWay = handlers.parallel() - idle.availablePermits();
        int free = Math.min(handlers.room(), handlers.parallel()) - underWay;
        if (free <= 0) {
            return WITHOUT_ROOM;
        }
        List<Lease> taken = leases.take(free);
        taken.forEach(this::send);
        if (!taken.isEmpty()) {
            return Duration.ofMillis(1);
        }
        purge();
        return leases.nextDue()
                .map(due -> shorter(Duration.between(Instant.now(), due), LONGEST_IDLE))
                .orElse(LONGEST_IDLE);
    }

    private void send(Lease lease) {
        idle.acquireUninterruptibly();
        senders.execute(() -> {
            try {
                attemptAndRecord(lease);
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "How the attempt ended can't be recorded, so it is repeated. kind=%s id=%s",
                        handlers.getId(),
                        lease.rowId());
            } finally {
                idle.release();
                signal.give();
            }
        });
    }

    private void attemptAndRecord(Lease lease) {
        Instant start = Instant.now();
        try {
            DeliveryResult result = attempt.at(lease.entry());
            metrics.attempted(result.outcome(), Duration.between(start, Instant.now()));
            leases.record(lease, result);
        } catch (InterruptedException e) {
            leases.giveBack(lease);
        }
    }

    private void purge() {
        if (Instant.now().isAfter(purgeAt)) {
            purgeAt = Instant.now().plus(BETWEEN_PURGES);
            leases.purge();
        }
    }

    private void pauseAfterError() {
        try {
            signal.await(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            LOG.debugf("'%s' takes no more", handlers.getId());
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
