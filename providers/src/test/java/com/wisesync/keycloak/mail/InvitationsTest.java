package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.mail.Invitation.State;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

class InvitationsTest {

    private static final int WEEK = Math.toIntExact(Duration.ofDays(7).toSeconds());

    private final Instant sent = Instant.now()
            .minus(Duration.ofDays(1))
            .truncatedTo(ChronoUnit.SECONDS)
            .plusMillis(300);

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
                "disabled, disabled",
                "'{\"key\":\"wiseSyncDeliveryFailed\",\"detail\":\"IllegalStateException\"}',",
                ","
            })
    void reportsOnlyDocumentedErrors(String stored, String error) {
        OutboxEntryEntity row = row(OutboxEntryStatus.DEAD_LETTER);
        row.setLastError(stored);

        assertThat(invitation(row, Instant.EPOCH).error()).isEqualTo(error);
    }

    @Test
    void anInvitationIsOpenUntilItsLinkExpires() {
        assertThat(mailed(sent.minusSeconds(60)).state()).isEqualTo(State.MAILED);
        assertThat(mailed(sent).state()).isEqualTo(State.MAILED);
        assertThat(mailed(sent.plusSeconds(1)).state())
                .as("changed in the second in which it was sent again")
                .isEqualTo(State.MAILED);
    }

    @Test
    void disablingEndsAnInvitation() {
        Instant disabled = sent.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);

        Invitation invitation = mailed(disabled.plusSeconds(1));

        assertThat(invitation.state()).isEqualTo(State.EXPIRED);
        assertThat(invitation.sentAt()).isEqualTo(sent);
        assertThat(invitation.expiresAt()).isEqualTo(disabled);
    }

    private Invitation mailed(Instant notBefore) {
        OutboxEntryEntity row = row(OutboxEntryStatus.DELIVERED);
        row.setDeliveredAt(sent);
        return invitation(row, notBefore);
    }

    private static OutboxEntryEntity row(OutboxEntryStatus status) {
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setOwnerId(EmailQueue.ofInvitations("u"));
        row.setEntryType(Emails.INVITATION);
        row.setStatus(status);
        return row;
    }

    private Invitation invitation(OutboxEntryEntity row, Instant notBefore) {
        JpaConnectionProvider connection = mock(JpaConnectionProvider.class);
        when(connection.getEntityManager()).thenReturn(em);
        doReturn(connection).when(session).getProvider(JpaConnectionProvider.class);
        when(session.getContext().getRealm().getAttribute(eq(LinkLifetimes.INVITATION), anyInt()))
                .thenReturn(WEEK);
        when(em.createQuery(any(String.class), eq(OutboxEntryEntity.class))).thenReturn(query);
        doReturn(Stream.of(row)).when(query).getResultStream();

        return new Invitations(session)
                .newestOf(Map.of("u", Math.toIntExact(notBefore.getEpochSecond())))
                .get("u");
    }
}
