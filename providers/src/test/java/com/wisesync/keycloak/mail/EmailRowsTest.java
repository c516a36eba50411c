package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Two emails of one second have an order, also on databases that store whole seconds. */
class EmailRowsTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final List<String> queries = new ArrayList<>();

    @BeforeEach
    void recordsQueries() {
        EntityManager em = mock(EntityManager.class);
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        KeycloakContext context = mock(KeycloakContext.class);
        when(session.getContext()).thenReturn(context);
        when(context.getRealm()).thenReturn(mock(RealmModel.class));
        doReturn(jpa).when(session).getProvider(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        TypedQuery<?> query = mock(TypedQuery.class, RETURNS_SELF);
        doAnswer(call -> Stream.empty()).when(query).getResultStream();
        doAnswer(call -> {
                    queries.add(call.getArgument(0));
                    return query;
                })
                .when(em)
                .createQuery(anyString(), any());
    }

    @Test
    void theNewestIsFoundByItsPosition() {
        assertThat(new EmailRows(session).newest("queue")).isEmpty();
        assertThat(new Invitations(session).newestOf(Map.of("user", 0))).isEmpty();

        assertThat(queries)
                .hasSize(2)
                .allMatch(query -> query.contains("ORDER BY e.containerId"))
                .noneMatch(query -> query.contains("createdAt"));
    }
}
