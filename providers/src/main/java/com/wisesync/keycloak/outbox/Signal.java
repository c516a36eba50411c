package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a waiting thread. A signal without a waiting thread is kept; several count as one. */
final class Signal {

    private final Semaphore given = new Semaphore(0);

    void give() {
        given.release();
    }

    void await(Duration atMost) throws InterruptedException {
        if (given.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            given.drainPermits();
        }
    }
}
