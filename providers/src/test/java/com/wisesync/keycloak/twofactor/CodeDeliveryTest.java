package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.mail.CodeEmail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.SingleUseObjectProvider;

class CodeDeliveryTest {

    private final KeycloakSession session = mock();
    private final KeycloakTransactionManager transactions = mock();
    private final SingleUseObjectProvider stored = mock();
    private final CodeEmail.Prepared email = mock();
    private final Runnable onFailure = mock();
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();
    private final CodeDelivery delivery = new CodeDelivery(session);

    @BeforeEach
    void aTransaction() {
        KeycloakSessionFactory factory = mock();
        when(session.getTransactionManager()).thenReturn(transactions);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(factory.create()).thenAnswer(call -> {
            KeycloakSession own = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
            when(own.singleUseObjects()).thenReturn(stored);
            return own;
        });
        doAnswer(call -> afterCompletion.add(call.getArgument(0)))
                .when(transactions)
                .enlistAfterCompletion(any());
    }

    @Test
    void sendsAfterTheCommitAndStoresTheOutcome() throws EmailException {
        enlist();
        verify(email, never()).send();

        commit();

        verify(email).send();
        verify(stored).put(anyString(), eq(300L), eq(Map.of("sent", "true")));
        verify(onFailure, never()).run();
    }

    @Test
    void storesThatTheEmailWasNotSent() throws EmailException {
        doThrow(new EmailException("refused")).when(email).send();
        enlist();

        commit();

        verify(stored).put(anyString(), eq(300L), eq(Map.of("sent", "false")));
        verify(onFailure).run();
    }

    @Test
    void sendsNothingAfterARollback() throws EmailException {
        enlist();

        afterCompletion.get(0).begin();
        afterCompletion.get(0).rollback();

        verify(email, never()).send();
        verify(stored, never()).put(anyString(), anyLong(), any());
        verify(onFailure).run();
        assertFree(CodeDelivery.MAX_CONCURRENT);
    }

    @Test
    void refusesMoreThanTheMaximumAtTheSameTimeUntilOneHasEnded() {
        for (int i = 0; i < CodeDelivery.MAX_CONCURRENT; i++) {
            enlist();
        }
        assertThat(delivery.tryReserve()).isFalse();

        commit();

        assertFree(CodeDelivery.MAX_CONCURRENT);
    }

    private void enlist() {
        assertThat(delivery.tryReserve()).isTrue();
        delivery.sendAfterCommit("id", email, 300, onFailure);
    }

    private void commit() {
        afterCompletion.forEach(transaction -> {
            transaction.begin();
            transaction.commit();
        });
    }

    private void assertFree(int permits) {
        for (int i = 0; i < permits; i++) {
            assertThat(delivery.tryReserve()).isTrue();
        }
        assertThat(delivery.tryReserve()).isFalse();
        for (int i = 0; i < permits; i++) {
            delivery.cancel();
        }
    }
}
