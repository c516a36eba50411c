package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

/** How the end of an attempt is recorded. */
class LeasesTest {

    private final Instant leased = Instant.now();

    private final KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class, RETURNS_DEEP_STUBS);
    private final OutboxEntryEntity row = new OutboxEntryEntity();
    private final Lease lease = new Lease("row", "token", leased, null);
    private final EntityManager em = mock(EntityManager.class);
    private final EntryHandlerFactory handlers = handlers();
    private final Leases leases = new Leases(factory, handlers);

    @BeforeEach
    void hasOneLeasedRow() {
        KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        when(factory.create()).thenReturn(session);
        doReturn(jpa).when(session).getProvider(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        when(em.find(eq(OutboxEntryEntity.class), any(), any(LockModeType.class)))
                .thenReturn(row);
        row.setId("row");
        row.setEntryType("user.disabled");
        row.setStatus(OutboxEntryStatus.PENDING);
        row.setCreatedAt(leased.minus(Duration.ofDays(30)));
        row.setNextAttemptAt(leased.plusSeconds(60));
        row.setMetadata(Metadata.of(null).leasedAs("token").json());
    }

    /** The receiver has accepted the entry, even if another node holds the lease by now. */
    @Test
    void aLateDeliveryCounts() {
        loseTheLease();

        leases.record(lease, DeliveryResult.delivered("[]"));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.DELIVERED);
        assertThat(Metadata.of(row.getMetadata()).answer()).isEqualTo("[]");
    }

    @Test
    void anyOtherLateResultHasNoEffect() {
        loseTheLease();
        Instant next = row.getNextAttemptAt();

        leases.record(lease, DeliveryResult.deadLetter(error()));
        leases.record(lease, DeliveryResult.retry(error()));
        leases.record(lease, DeliveryResult.obsolete(error()));
        leases.record(lease, DeliveryResult.held(error(), null));
        leases.giveBack(lease);

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.PENDING);
        assertThat(row.getAttempts()).isZero();
        assertThat(row.getNextAttemptAt()).isEqualTo(next);
    }

    /** A database that drops fractions changes the time of the lease. */
    @Test
    void aLeaseDoesNotDependOnThePrecisionOfTimestamps() {
        row.setNextAttemptAt(row.getNextAttemptAt().plusMillis(500));

        leases.record(lease, DeliveryResult.deadLetter(error()));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.DEAD_LETTER);
    }

    /** Wise-Pay may be configured long after the first entry was written. */
    @Test
    void theTimeToGiveUpStartsAtTheFirstAttempt() {
        leases.record(lease, DeliveryResult.retry(error()));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.PENDING);
        assertThat(row.getAttempts()).isEqualTo(1);
        assertThat(Metadata.of(row.getMetadata()).firstAttemptAt(Instant.EPOCH).toEpochMilli())
                .isEqualTo(leased.toEpochMilli());
    }

    @Test
    void givesUpThreeDaysAfterTheFirstAttempt() {
        row.setMetadata(Metadata.of(row.getMetadata())
                .firstAttempt(leased.minus(Duration.ofDays(3)))
                .json());

        leases.record(lease, DeliveryResult.retry(error()));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.DEAD_LETTER);
    }

    /** A timeout, then four days with a refused key, then an error of the receiver. */
    @Test
    void theTimeToGiveUpStartsAgainAfterABlockedAttempt() {
        row.setMetadata(Metadata.of(row.getMetadata())
                .firstAttempt(leased.minus(Duration.ofDays(4)))
                .json());

        leases.record(lease, DeliveryResult.blocked(error()));
        leases.record(lease, DeliveryResult.retry(error()));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.PENDING);
        assertThat(Metadata.of(row.getMetadata()).firstAttemptAt(Instant.EPOCH).toEpochMilli())
                .isEqualTo(leased.toEpochMilli());
    }

    /** Our own configuration is wrong, which must not lose anything. */
    @Test
    void neverGivesUpABlockedEntry() {
        row.setMetadata(Metadata.of(row.getMetadata())
                .firstAttempt(leased.minus(Duration.ofDays(99)))
                .json());

        leases.record(lease, DeliveryResult.blocked(error()));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.PENDING);
        assertThat(row.getLastError()).contains("key");
    }

    @Test
    void dismissesObsoleteEntriesInAFormThatSqlCanFilter() {
        leases.record(lease, DeliveryResult.obsolete(error()));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.DEAD_LETTER);
        assertThat(row.getEntryType()).isEqualTo("dismissed/user.disabled");
        assertThat(StoredEntry.State.of(row)).isEqualTo(StoredEntry.State.DISMISSED);
    }

    @Test
    void holdsAnEntryForStaff() {
        leases.record(lease, DeliveryResult.held(error(), "note"));

        assertThat(row.getStatus()).isEqualTo(OutboxEntryStatus.HELD);
        assertThat(Metadata.of(row.getMetadata()).note()).isEqualTo("note");
        assertThat(row.getAttempts()).isZero();
        assertThat(row.getLastError()).contains("key");
    }

    /** Otherwise it would not be checked again when it is retried or resent later. */
    @Test
    void aReleaseEndsWithTheEntry() {
        row.setMetadata(Metadata.of(row.getMetadata()).released().json());

        leases.record(lease, DeliveryResult.retry(error()));
        assertThat(Metadata.of(row.getMetadata()).isReleased()).isTrue();

        leases.record(lease, DeliveryResult.deadLetter(error()));
        assertThat(Metadata.of(row.getMetadata()).isReleased()).isFalse();

        row.setMetadata(Metadata.of(row.getMetadata()).released().json());
        leases.record(lease, DeliveryResult.delivered());
        assertThat(Metadata.of(row.getMetadata()).isReleased()).isFalse();
    }

    /** Written by a node of a newer version during a rolling update. */
    @Test
    void keepsFieldsThatItDoesNotKnow() {
        row.setMetadata("{\"lease\":\"token\",\"new\":1}");

        leases.record(lease, DeliveryResult.retry(error()));

        assertThat(row.getMetadata()).contains("\"new\":1");
    }

    /** Failed emails and logouts cannot be retried. */
    @Test
    void purgesFailedEntriesThatStaffCannotActOn() {
        assertThat(purgeQueries())
                .anyMatch(query -> query.contains(StoredEntry.State.FAILED.condition()))
                .anyMatch(query -> query.contains(StoredEntry.State.DISMISSED.condition()));
    }

    @Test
    void keepsFailedEntriesForStaff() {
        when(handlers.staffHandleFailed()).thenReturn(true);

        assertThat(purgeQueries())
                .noneMatch(query -> query.contains(StoredEntry.State.FAILED.condition()))
                .anyMatch(query -> query.contains(StoredEntry.State.DISMISSED.condition()));
    }

    /** The queries that select what is purged. */
    private List<String> purgeQueries() {
        List<String> queries = new ArrayList<>();
        TypedQuery<String> nothing = mock();
        when(nothing.setParameter(anyString(), any())).thenReturn(nothing);
        when(nothing.setMaxResults(anyInt())).thenReturn(nothing);
        when(em.createQuery(anyString(), eq(String.class))).thenAnswer(call -> {
            queries.add(call.getArgument(0));
            return nothing;
        });

        leases.purgeEnded();

        return queries;
    }

    private void loseTheLease() {
        row.setMetadata(Metadata.of(row.getMetadata()).leasedAs("another").json());
    }

    private static DeliveryError error() {
        return DeliveryError.of("key");
    }

    private static EntryHandlerFactory handlers() {
        EntryHandlerFactory handlers = mock(EntryHandlerFactory.class);
        when(handlers.getId()).thenReturn("kind");
        when(handlers.longestSend()).thenReturn(Duration.ofSeconds(10));
        when(handlers.giveUpAfter()).thenReturn(Duration.ofDays(3));
        when(handlers.keepEnded()).thenReturn(Duration.ofDays(30));
        return handlers;
    }
}
