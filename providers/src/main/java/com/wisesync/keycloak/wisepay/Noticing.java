package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.OutboxFactory;
import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.BeforeCompletionCallback;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Keeps {@link Noticed} with its transaction, and has it written to the outbox before that commits.
 *
 * <p>Written by Hibernate's own call before a completion, as Keycloak's AsyncCommitIntegrator does (26.7.4): it comes after the last
 * flush, in which most of it is noticed only, and is still inside the transaction. Keycloak's enlistPrepare is too late there.
 */
final class Noticing {

    private static final Logger LOG = Logger.getLogger(Noticing.class);

    private final Map<SharedSessionContractImplementor, Noticed> transactions =
            Collections.synchronizedMap(new WeakHashMap<>());
    private final OutboxFactory outbox;

    Noticing(OutboxFactory outbox) {
        this.outbox = outbox;
    }

    Noticed in(KeycloakSession session) {
        return in(entities(session).unwrap(SharedSessionContractImplementor.class));
    }

    Noticed in(SharedSessionContractImplementor transaction) {
        return transactions.computeIfAbsent(transaction, this::register);
    }

    static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private Noticed register(SharedSessionContractImplementor transaction) {
        Noticed noticed = new Noticed();
        TransactionCompletionCallbacks callbacks = transaction.getTransactionCompletionCallbacks();
        BeforeCompletionCallback write = session -> write(noticed, (EntityManager) session);
        AfterCompletionCallback forget = (committed, session) -> transactions.remove(session);
        callbacks.registerCallback(write);
        callbacks.registerCallback(forget);
        return noticed;
    }

    private void write(Noticed noticed, EntityManager em) {
        try {
            Reason reason = noticed.said().orElseGet(() -> Reason.of(KeycloakSessionUtil.getKeycloakSession()));
            new DeactivationWriter(em, outbox.in(em), reason).write(noticed);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Nothing of this is committed: users were turned off, and what Wise-Pay must be told can't be written to the outbox");
            throw e;
        }
    }
}
