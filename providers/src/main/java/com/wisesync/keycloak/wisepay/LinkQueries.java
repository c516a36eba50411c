package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Circuit;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs queries of users who wait for the answer: only a few at the same time, and none while the circuit is open. A query for one
 * user is refused when all slots are taken, because its request holds a database connection, and a Wise-Pay that hangs could
 * block all of them. Queries for many users have slots of their own and wait for them.
 */
final class LinkQueries {

    /** A query for links. */
    @FunctionalInterface
    interface Query {
        List<Link> run() throws IOException, InterruptedException;
    }

    /** Reads the links of a user. */
    @FunctionalInterface
    interface ByUser {
        List<Link> read(String userId) throws IOException, InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(LinkQueries.class);

    static final int MAX_CONCURRENT = 8;

    private final Semaphore slots = new Semaphore(MAX_CONCURRENT);
    private final Semaphore slotsForMany = new Semaphore(MAX_CONCURRENT);
    private final Circuit circuit = new Circuit(Clock.systemUTC());

    List<Link> run(Query query) throws IOException, InterruptedException {
        if (!slots.tryAcquire()) {
            throw new IOException("Too many queries are waiting for Wise-Pay already");
        }
        try {
            return runAndRecord(query);
        } finally {
            slots.release();
        }
    }

    /**
     * Queries the links of many users, some at the same time, and of no more after a query has failed. The caller must not hold a
     * database connection.
     *
     * @param limit when queries without an answer are given up
     * @return the links by user id; users without an answer are left out
     */
    Map<String, List<Link>> runForEach(Collection<String> userIds, Duration limit, ByUser links)
            throws InterruptedException {
        Map<String, List<Link>> found = new ConcurrentHashMap<>();
        Queue<String> left = new ConcurrentLinkedQueue<>(userIds);
        int threads = Math.min(MAX_CONCURRENT, left.size());
        if (threads == 0) {
            return Map.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, LinkQueries::thread);
        try {
            Callable<Void> worker = () -> {
                work(left, found, links);
                return null;
            };
            for (Future<Void> ended :
                    pool.invokeAll(Collections.nCopies(threads, worker), limit.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!ended.isCancelled()) {
                    ended.get();
                }
            }
            return Map.copyOf(found);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The links of many users can't be queried", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** Until nothing is left, or the time is over, which interrupts this thread. */
    private void work(Queue<String> left, Map<String, List<Link>> found, ByUser links) throws InterruptedException {
        for (String userId = left.poll(); userId != null; userId = left.poll()) {
            String user = userId;
            slotsForMany.acquire();
            try {
                found.put(user, runAndRecord(() -> links.read(user)));
            } catch (IOException e) {
                LOG.debugf(e, "Wise-Pay can't be queried for the links of user '%s' and of users after it", user);
                left.clear();
            } finally {
                slotsForMany.release();
            }
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "wise-sync-links");
        thread.setDaemon(true);
        return thread;
    }

    private List<Link> runAndRecord(Query query) throws IOException, InterruptedException {
        if (!circuit.tryCall()) {
            throw new IOException("Wise-Pay did not answer recent queries");
        }
        DeliveryResult result = null;
        try {
            List<Link> links = query.run();
            result = DeliveryResult.delivered();
            return links;
        } catch (IOException e) {
            result = DeliveryResult.retry(DeliveryError.of("wiseSyncWisePayNotReachable"));
            throw e;
        } finally {
            circuit.record(result);
        }
    }
}
