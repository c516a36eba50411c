package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.admin.RecentLogin.StepUpRequired;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;

class RecentLoginTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final UserModel user = mock(UserModel.class);
    private final AccessToken token = new AccessToken();

    @Test
    void acceptsALoginOfFourteenMinutesAgo() {
        sessionFrom(14);

        assertThatCode(login()::require).doesNotThrowAnyException();
    }

    @Test
    void asksForAnotherAfterSixteenMinutes() {
        sessionFrom(16);

        assertThatThrownBy(login()::require).isInstanceOf(StepUpRequired.class);
    }

    @Test
    void asksForANewTokenAfterANewLogin() {
        sessionFrom(1);
        token.setAuth_time(Instant.now().minusSeconds(16 * 60).getEpochSecond());

        assertThatThrownBy(login()::require).isInstanceOf(StepUpRequired.class);
    }

    @Test
    void asksWhereNobodyKnowsWhenTheLoginWas() {
        assertThatThrownBy(login()::require).isInstanceOf(StepUpRequired.class);
    }

    @Test
    void neverAsksAService() {
        when(user.getServiceAccountClientLink()).thenReturn("client");

        assertThatCode(login()::require).doesNotThrowAnyException();
    }

    @Test
    void challengesAsRfc9470Says() {
        assertThat(StepUpMapper.CHALLENGE)
                .startsWith("Bearer error=\"insufficient_user_authentication\"")
                .contains("max_age=\"900\"");
    }

    private void sessionFrom(int minutesAgo) {
        when(session.getContext().getUserSession().getNote(AuthenticationManager.AUTH_TIME))
                .thenReturn(String.valueOf(
                        Instant.now().minusSeconds(minutesAgo * 60L).getEpochSecond()));
    }

    private RecentLogin login() {
        return RecentLogin.of(session, token, user);
    }
}
