package com.wisesync.keycloak.events;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import jakarta.persistence.EntityManager;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.BeforeCompletionCallback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.mockito.ArgumentCaptor;

class CommitGuardTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final SharedSessionContractImplementor transaction =
            mock(SharedSessionContractImplementor.class, withSettings().extraInterfaces(EntityManager.class));
    private final TransactionCompletionCallbacks callbacks = mock(TransactionCompletionCallbacks.class);
    private final CommitGuard guard = new CommitGuard();

    @BeforeEach
    void a_transaction() {
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        EntityManager em = mock(EntityManager.class);
        doReturn(jpa).when(session).getProvider(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        when(em.unwrap(SharedSessionContractImplementor.class)).thenReturn(transaction);
        when(transaction.getTransactionCompletionCallbacks()).thenReturn(callbacks);
    }

    @Test
    void a_failed_handler_refuses_the_commit() {
        assertThatThrownBy(() -> guard.run(session, () -> {
                    throw new IllegalArgumentException("handler");
                }))
                .hasMessage("handler");

        ArgumentCaptor<BeforeCompletionCallback> before = ArgumentCaptor.forClass(BeforeCompletionCallback.class);
        verify(callbacks).registerCallback(before.capture());
        assertThatThrownBy(() -> before.getValue().doBeforeTransactionCompletion(transaction))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void without_a_failure_the_transaction_is_left_alone() {
        guard.run(session, () -> {});

        verifyNoInteractions(callbacks);
    }
}
