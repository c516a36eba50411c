package com.wisesync.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.mockito.ArgumentCaptor;

class MembersTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final EntityManager em = mock(EntityManager.class);
    private final Outbox outbox = mock(Outbox.class);

    @SuppressWarnings("unchecked")
    private final TypedQuery<String> query = mock(TypedQuery.class, RETURNS_SELF);

    @BeforeEach
    void hasOneMember() {
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        doReturn(jpa).when(session).getProvider(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        when(em.createQuery(anyString(), eq(String.class))).thenReturn(query);
        doReturn(List.of("member")).when(query).getResultList();
        when(session.getContext()).thenReturn(mock(KeycloakContext.class));
    }

    /** An empty text is null in Oracle, and no id is greater than null. */
    @Test
    void theFirstPageHasNoLowerBound() {
        expand(SessionEntry.endMembers("realm", "account", 17));

        verify(query, never()).setParameter(eq("after"), any());
        assertThat(text()).doesNotContain(":after");
        verify(outbox).enqueue(any(), any());
    }

    @Test
    void theNextPageStartsAfterTheLastMember() {
        expand(new SessionEntry(SessionEntry.Type.END_MEMBERS, 17, null, "last", null).entry("realm", "account"));

        verify(query).setParameter("after", "last");
        assertThat(text()).contains("> :after");
    }

    @Test
    void theMembersOfEachAccountAreCheckedByARowOfTheirOwn() {
        expand(SessionEntry.checkAccounts("realm"));

        ArgumentCaptor<NewEntry> row = ArgumentCaptor.forClass(NewEntry.class);
        verify(outbox).enqueue(row.capture(), any());
        assertThat(row.getValue().ownerId()).isEqualTo("member");
        assertThat(row.getValue().type()).isEqualTo(SessionEntry.Type.CHECK_MEMBERS.id());
    }

    private void expand(NewEntry written) {
        OutboxEntry entry = new OutboxEntry(
                written.kind(),
                "realm",
                "account",
                "id",
                written.type(),
                written.payload(),
                0,
                0,
                false,
                Instant.now());
        new Members(session).expand(entry, SessionEntry.of(entry), outbox);
    }

    private String text() {
        ArgumentCaptor<String> text = ArgumentCaptor.forClass(String.class);
        verify(em).createQuery(text.capture(), eq(String.class));
        return text.getValue();
    }
}
