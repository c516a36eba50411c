package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.DeliveryResult;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Asks while somebody waits for the answer. Their request holds a connection of the database's pool: a Wise-Pay that hangs must not
 * come to hold them all, so few ask at a time, and nobody does while asking is known to be of no use.
 */
final class Asking {

    /** What is asked. */
    @FunctionalInterface
    interface Question {
        List<Link> ask() throws IOException, InterruptedException;
    }

    private static final int AT_A_TIME = 8;

    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final Circuit circuit = new Circuit(Clock.systemUTC());

    List<Link> ask(Question question) throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            throw new IOException("Too many are asking Wise-Pay already");
        }
        try {
            if (!circuit.permits()) {
                throw new IOException("Wise-Pay did not answer lately");
            }
            return learning(question);
        } finally {
            places.release();
        }
    }

    private List<Link> learning(Question question) throws IOException, InterruptedException {
        DeliveryResult learnt = null;
        try {
            List<Link> links = question.ask();
            learnt = DeliveryResult.delivered();
            return links;
        } catch (IOException e) {
            learnt = DeliveryResult.retry(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            circuit.learn(learnt);
        }
    }
}
