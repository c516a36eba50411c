package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.Refusal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;

class CallerTokenTest {

    private final UserSessionModel userSession = mock(UserSessionModel.class);
    private final UserModel user = mock(UserModel.class);
    private final AccessToken token = new AccessToken();

    @Test
    void acceptsALoginOfFourteenMinutesAgo() {
        sessionFrom(14);

        assertThatCode(caller()::requireRecentLogin).doesNotThrowAnyException();
    }

    @Test
    void asksForAnotherAfterSixteenMinutes() {
        sessionFrom(16);

        assertThatThrownBy(caller()::requireRecentLogin).satisfies(CallerTokenTest::isStepUp);
    }

    @Test
    void asksForANewTokenAfterANewLogin() {
        sessionFrom(1);
        token.setAuth_time(Instant.now().minusSeconds(16 * 60).getEpochSecond());

        assertThatThrownBy(caller()::requireRecentLogin).satisfies(CallerTokenTest::isStepUp);
    }

    @Test
    void asksForALoginIfItsTimeIsUnknown() {
        assertThatThrownBy(caller()::requireRecentLogin).satisfies(CallerTokenTest::isStepUp);
    }

    @Test
    void exemptsServices() {
        when(user.getServiceAccountClientLink()).thenReturn("client");

        assertThatCode(caller()::requireRecentLogin).doesNotThrowAnyException();
    }

    @Test
    void challengesAsRfc9470Says() {
        assertThat(RefusalMapper.STEP_UP_CHALLENGE)
                .startsWith("Bearer error=\"insufficient_user_authentication\"")
                .contains("max_age=\"900\"");
    }

    private void sessionFrom(int minutesAgo) {
        when(userSession.getNote(AuthenticationManager.AUTH_TIME))
                .thenReturn(String.valueOf(
                        Instant.now().minusSeconds(minutesAgo * 60L).getEpochSecond()));
    }

    private CallerToken caller() {
        return new CallerToken(null, new AdminAuth(null, token, user, null), userSession, Optional.empty());
    }

    private static void isStepUp(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.STEP_UP));
    }
}
