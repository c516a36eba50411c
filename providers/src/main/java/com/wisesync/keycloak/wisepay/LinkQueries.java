package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Circuit;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Runs queries of users who wait for the answer. Their requests hold a database connection, so that a Wise-Pay that hangs could
 * block all of them: only a few queries run at the same time, and none while the circuit is open.
 */
final class LinkQueries {

    /** A query for links. */
    @FunctionalInterface
    interface Query {
        List<Link> run() throws IOException, InterruptedException;
    }

    private static final int MAX_CONCURRENT = 8;

    private final Semaphore slots = new Semaphore(MAX_CONCURRENT);
    private final Circuit circuit = new Circuit(Clock.systemUTC());

    List<Link> run(Query query) throws IOException, InterruptedException {
        if (!slots.tryAcquire()) {
            throw new IOException("Too many queries are waiting for Wise-Pay already");
        }
        try {
            if (!circuit.tryCall()) {
                throw new IOException("Wise-Pay did not answer recent queries");
            }
            return runAndRecord(query);
        } finally {
            slots.release();
        }
    }

    private List<Link> runAndRecord(Query query) throws IOException, InterruptedException {
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
