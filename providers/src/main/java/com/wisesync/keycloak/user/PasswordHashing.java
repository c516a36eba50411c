package com.wisesync.keycloak.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Hashes the passwords of an import with as many threads as there are cores. Hashing is slow on purpose, so it must be finished
 * before the import locks anything. Needs no transaction.
 */
public final class PasswordHashing {

    private final KeycloakSessionFactory factory;
    private final PasswordPolicy policy;

    PasswordHashing(KeycloakSessionFactory factory, PasswordPolicy policy) {
        this.factory = factory;
        this.policy = policy;
    }

    /**
     * Hashes the password of each row that has one.
     *
     * @param prepared called after each row, also after one without a password, from any thread
     * @return the hashes by row number
     * @throws IllegalStateException if a password cannot be hashed, or the server stops
     */
    public Map<Integer, PasswordCredentialModel> hash(List<UserImport.Row> rows, Runnable prepared) {
        Map<Integer, PasswordCredentialModel> hashes = new ConcurrentHashMap<>();
        Queue<UserImport.Row> left = new LinkedBlockingQueue<>(rows);
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> work(left, hashes, prepared)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            return hashes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password cannot be hashed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** In a session of its own without a transaction: sessions are not for several threads, and no connection is needed. */
    private void work(Queue<UserImport.Row> left, Map<Integer, PasswordCredentialModel> hashes, Runnable prepared) {
        try (KeycloakSession session = factory.create()) {
            PasswordHashProvider hashing = provider(session);
            for (UserImport.Row row = left.poll();
                    row != null && !Thread.currentThread().isInterrupted();
                    row = left.poll()) {
                int number = row.number();
                row.user()
                        .password()
                        .ifPresent(password ->
                                hashes.put(number, hashing.encodedCredential(password, policy.getHashIterations())));
                prepared.run();
            }
        }
    }

    /** As PasswordCredentialProvider.getHashProvider of 26.7.4. */
    private PasswordHashProvider provider(KeycloakSession session) {
        PasswordHashProvider chosen = policy.getHashAlgorithm() == null
                ? null
                : session.getProvider(PasswordHashProvider.class, policy.getHashAlgorithm());
        return chosen == null ? session.getProvider(PasswordHashProvider.class) : chosen;
    }
}
