package com.wisesync.keycloak.outbox;

import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.BeforeCompletionCallback;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Collects what each transaction changes, and writes it before the transaction commits. If that fails, the transaction is rolled
 * back.
 *
 * <p>Writes in Hibernate's callback before completion, as Keycloak's AsyncCommitIntegrator does (26.7.4): it runs after the last
 * flush, in which most changes are detected, and still inside the transaction. Keycloak's enlistPrepare is too late.
 *
 * @param <T> the changes of one transaction
 */
public final class TransactionChanges<T> {

    private final Map<SharedSessionContractImplementor, T> transactions =
            Collections.synchronizedMap(new WeakHashMap<>());
    private final Supplier<T> none;
    private final BiConsumer<T, EntityManager> write;

    /**
     * Creates a collector for all transactions.
     *
     * @param none creates the changes of a transaction that has made none yet
     * @param write writes the changes; reads entities only, because the session's models may be outdated at that time
     */
    public TransactionChanges(Supplier<T> none, BiConsumer<T, EntityManager> write) {
        this.none = none;
        this.write = write;
    }

    /** The changes of the session's transaction. */
    public T of(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return of(em.unwrap(SharedSessionContractImplementor.class));
    }

    /** The changes of a transaction. */
    public T of(SharedSessionContractImplementor transaction) {
        return transactions.computeIfAbsent(transaction, this::register);
    }

    private T register(SharedSessionContractImplementor transaction) {
        T changes = none.get();
        TransactionCompletionCallbacks callbacks = transaction.getTransactionCompletionCallbacks();
        BeforeCompletionCallback before = completing -> write.accept(changes, (EntityManager) completing);
        AfterCompletionCallback forget = (committed, completed) -> transactions.remove(completed);
        callbacks.registerCallback(before);
        callbacks.registerCallback(forget);
        return changes;
    }
}
