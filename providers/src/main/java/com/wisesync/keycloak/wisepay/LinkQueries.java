package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Circuit;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Runs queries of users who wait for the answer: only a few at the same time, and none while the circuit is open. A query for one
 * user is refused when all slots are taken, because its request holds a database connection, and a Wise-Pay that hangs could
 * block all of them. Queries for many users have threads of their own, and wait for them.
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
    private final ExecutorService manyUsers = pool();
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
     * Queries the links of many users: of one first, and if that succeeds of up to {@value #MAX_CONCURRENT} at the same time.
     * After a failure, only queries that are under way go on. The caller must not hold a database connection.
     *
     * @param limit the time after which this method does not wait for further answers
     * @return the links by user id; users without an answer are left out
     */
    Map<String, List<Link>> runForEach(Collection<String> userIds, Duration limit, ByUser links)
            throws InterruptedException {
        Map<String, List<Link>> found = new ConcurrentHashMap<>();
        Queue<String> left = new ConcurrentLinkedQueue<>(userIds);
        Consumer<String> query = user -> query(user, found, left, links);
        CompletableFuture<Void> all = next(left, query)
                .thenCompose(first -> CompletableFuture.allOf(Stream.generate(() -> allOf(left, query))
                        .limit(MAX_CONCURRENT)
                        .toArray(CompletableFuture[]::new)));
        try {
            all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debugf("Wise-Pay has not answered for %d users in time", userIds.size() - found.size());
        } catch (ExecutionException e) {
            throw new IllegalStateException("The links of many users can't be queried", e.getCause());
        } finally {
            left.clear();
        }
        return Map.copyOf(found);
    }

    /** Each query is a task of its own, so that the users of several callers take turns. */
    private CompletableFuture<Void> allOf(Queue<String> left, Consumer<String> query) {
        return left.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : next(left, query).thenCompose(done -> allOf(left, query));
    }

    private CompletableFuture<Void> next(Queue<String> left, Consumer<String> query) {
        return CompletableFuture.runAsync(
                () -> {
                    String user = left.poll();
                    if (user != null) {
                        query.accept(user);
                    }
                },
                manyUsers);
    }

    private void query(String user, Map<String, List<Link>> found, Queue<String> left, ByUser links) {
        try {
            found.put(user, runAndRecord(() -> links.read(user)));
        } catch (IOException e) {
            LOG.debugf(e, "Wise-Pay can't be queried for the links of user '%s' and of users after it", user);
            left.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            left.clear();
        }
    }

    /** Its threads end when they have no work. */
    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_CONCURRENT, MAX_CONCURRENT, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LinkQueries::thread);
        pool.allowCoreThreadTimeOut(true);
        return pool;
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
