package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

class InvitationsTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final EntityManager em = mock(EntityManager.class);
    private final TypedQuery<OutboxEntryEntity> query = mock(RETURNS_SELF);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "rejected, rejected",
                "unavailable, unavailable",
                "no-address, no-address",
                "'{\"key\":\"wiseSyncDeliveryFailed\",\"detail\":\"IllegalStateException\"}',",
                ","
            })
    void hasOnlyAnErrorThatTheApiDocuments(String stored, String error) {
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setOwnerId(EmailQueue.ofInvitations("u"));
        row.setEntryType(Emails.INVITATION);
        row.setStatus(OutboxEntryStatus.DEAD_LETTER);
        row.setLastError(stored);
        JpaConnectionProvider connection = mock(JpaConnectionProvider.class);
        when(connection.getEntityManager()).thenReturn(em);
        doReturn(connection).when(session).getProvider(JpaConnectionProvider.class);
        when(em.createQuery(any(String.class), eq(OutboxEntryEntity.class))).thenReturn(query);
        doReturn(Stream.of(row)).when(query).getResultStream();

        assertThat(new Invitations(session).newestOf(List.of("u")).get("u").error())
                .isEqualTo(error);
    }
}
