package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.SelectionQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

/** Writing entries. */
class OutboxTest {

    /** Later than this node's clock. */
    private static final String NEWEST = "09000000000000000000";

    private final EntityManager em = mock(EntityManager.class);
    private final List<OutboxEntryEntity> written = new ArrayList<>();
    private final List<OutboxEntryEntity> waiting = new ArrayList<>();
    private final Outbox outbox = new Outbox(em, new Drainers());

    @BeforeEach
    void hasOneEntryOfTheOwner() {
        TypedQuery<OutboxEntryEntity> rows = query(waiting);
        when(rows.unwrap(SelectionQuery.class)).thenReturn(mock(SelectionQuery.class));
        TypedQuery<Object[]> newest =
                query(List.of(new Object[][] {{"owner", "id of the newest", NEWEST, OutboxEntryStatus.PENDING}}));
        when(em.createQuery(anyString(), eq(OutboxEntryEntity.class))).thenReturn(rows);
        when(em.createQuery(anyString(), eq(Object[].class))).thenReturn(newest);
        when(em.unwrap(SharedSessionContractImplementor.class))
                .thenReturn(mock(SharedSessionContractImplementor.class, RETURNS_DEEP_STUBS));
        doAnswer(call -> written.add(call.getArgument(0))).when(em).persist(any());
    }

    /** Another node with a clock ahead may have written it, and it may be delivered, or locked by another transaction. */
    @Test
    void anEntryThatJoinsNoneFollowsTheNewestOfItsOwner() {
        outbox.enqueueOrJoin(List.of(entry()), (first, second) -> Optional.empty());

        assertThat(written).extracting(OutboxEntryEntity::getContainerId).containsExactly("09000000000000000001");
    }

    @Test
    void anEntryThatWasNeverLeasedIsJoined() {
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setOwnerId("owner");
        row.setEntryType("check");
        row.setContainerId(NEWEST);
        waiting.add(row);

        outbox.enqueueOrJoin(List.of(entry()), (first, second) -> Optional.of(second));

        assertThat(written).isEmpty();
        assertThat(row.getEntryType()).isEqualTo("user.updated");
    }

    private static NewEntry entry() {
        return new NewEntry("lifecycle", "realm", "owner", "id", "user.updated", "{}");
    }

    @SuppressWarnings("unchecked")
    private static <T> TypedQuery<T> query(List<T> results) {
        TypedQuery<T> query = mock(TypedQuery.class, RETURNS_SELF);
        doAnswer(call -> Stream.of(results.toArray())).when(query).getResultStream();
        return query;
    }
}
