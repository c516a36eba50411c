package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventQuery;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AdminEventQuery;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The events that show the deletion of a user. */
class LinkOwnersTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final EventStoreProvider events = mock(EventStoreProvider.class);
    private final AdminEventQuery byAdmin = mock(AdminEventQuery.class, RETURNS_SELF);
    private final EventQuery byUser = mock(EventQuery.class, RETURNS_SELF);

    @BeforeEach
    void hasAnEventStore() {
        KeycloakContext context = mock(KeycloakContext.class);
        when(session.getContext()).thenReturn(context);
        when(context.getRealm()).thenReturn(mock(RealmModel.class));
        doReturn(mock(JpaConnectionProvider.class)).when(session).getProvider(JpaConnectionProvider.class);
        doReturn(events).when(session).getProvider(EventStoreProvider.class);
        when(events.createAdminQuery()).thenReturn(byAdmin);
        when(events.createQuery()).thenReturn(byUser);
        when(byUser.getResultStream()).thenReturn(Stream.empty());
    }

    @Test
    void theEventOfTheUserIsEvidence() {
        deleted("users/team-1", "users/team_1");

        assertThat(new LinkOwners(session).hasDeletionEvent("team_1")).isTrue();
    }

    /** The query finds it, because an underscore matches any character. */
    @Test
    void theEventOfASimilarUserIsNoEvidence() {
        deleted("users/team-1");

        assertThat(new LinkOwners(session).hasDeletionEvent("team_1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "te%m"})
    void anIdThatIsAPatternIsNotSearched(String id) {
        deleted("users/team-1");

        assertThat(new LinkOwners(session).hasDeletionEvent(id)).isFalse();
        verify(byAdmin, never()).resourcePath(any());
    }

    private void deleted(String... paths) {
        Stream<AdminEvent> found = Arrays.stream(paths).map(path -> {
            AdminEvent event = new AdminEvent();
            event.setResourcePath(path);
            return event;
        });
        when(byAdmin.getResultStream()).thenReturn(found);
    }
}
