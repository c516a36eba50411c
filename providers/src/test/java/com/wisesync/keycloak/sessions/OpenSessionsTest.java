package com.wisesync.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

class OpenSessionsTest {

    private static final int CUTOFF = 1_000;

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final UserModel user = mock(UserModel.class);

    @BeforeEach
    void sessionsHaveEnded() {
        when(session.users().getNotBeforeOfUser(any(), any())).thenReturn(Sessions.notBefore(CUTOFF));
    }

    @Test
    void aSessionIsListedFromTheSecondInWhichItsTokensAreAccepted() {
        UserSessionModel ended = userSession("ended", CUTOFF);
        UserSessionModel first = userSession("first", CUTOFF + 1);
        UserSessionModel later = userSession("later", CUTOFF + 2);
        when(session.sessions().getUserSessionsStream(any(), any(UserModel.class)))
                .thenReturn(Stream.of(ended, first, later));
        when(session.sessions().getOfflineUserSessionsStream(any(), any())).thenReturn(Stream.of());

        assertThat(new OpenSessions(session).list(user))
                .extracting(OpenSession::id)
                .containsExactly("later", "first");
    }

    @Test
    void anOfflineSessionIsListedUntilItHasEnded() {
        UserSessionModel ended = userSession("ended", CUTOFF);
        UserSessionModel open = userSession("open", CUTOFF + 1);
        when(session.sessions().getUserSessionsStream(any(), any(UserModel.class)))
                .thenReturn(Stream.of());
        when(session.sessions().getOfflineUserSessionsStream(any(), any())).thenReturn(Stream.of(ended, open));

        assertThat(new OpenSessions(session).list(user))
                .extracting(OpenSession::id)
                .containsExactly("open");
    }

    private static UserSessionModel userSession(String id, int started) {
        UserSessionModel userSession = mock(UserSessionModel.class);
        when(userSession.getId()).thenReturn(id);
        when(userSession.getStarted()).thenReturn(started);
        when(userSession.getLastSessionRefresh()).thenReturn(started);
        when(userSession.getAuthenticatedClientSessions()).thenReturn(Map.of());
        return userSession;
    }
}
