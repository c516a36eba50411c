package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserModel;

class LockoutTest {

    private final KeycloakSession session = mock();
    private final RealmModel realm = mock();
    private final UserModel user = mock();
    private final UserLoginFailureProvider store = mock();
    private final UserLoginFailureModel failures = mock();

    @BeforeEach
    void aUserWithFailures() {
        KeycloakContext context = mock();
        when(session.getContext()).thenReturn(context);
        when(context.getRealm()).thenReturn(realm);
        when(session.loginFailures()).thenReturn(store);
        when(user.getId()).thenReturn("uma");
        when(store.getUserLoginFailure(realm, "uma")).thenReturn(failures);
    }

    @Test
    void aNewPasswordEndsALockoutOfWrongPasswords() {
        new Lockout(session).endAfterNewPassword(user);

        verify(failures).clearFailures();
        verify(failures, never()).clearPrimaryAndSecondaryAuthFailures();
    }

    @Test
    void aNewPasswordDoesNotAllowMoreGuessesOfASecondFactor() {
        when(failures.getNumSecondaryAuthFailures()).thenReturn(1);

        new Lockout(session).endAfterNewPassword(user);

        verify(failures, never()).clearFailures();
    }

    @Test
    void aWrongRecoveryCodeIsAFailureOfASecondFactor() {
        ownTransaction();

        new Lockout(session).recoveryCodeFailed(user);

        verify(failures).incrementSecondaryAuthFailures();
    }

    @Test
    void aWrongRecoveryCodeMayBeTheFirstFailure() {
        ownTransaction();
        when(store.getUserLoginFailure(realm, "uma")).thenReturn(null);
        when(store.addUserLoginFailure(realm, "uma")).thenReturn(failures);

        new Lockout(session).recoveryCodeFailed(user);

        verify(failures).incrementSecondaryAuthFailures();
    }

    private void ownTransaction() {
        KeycloakSessionFactory factory = mock();
        KeycloakSession own = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(factory.create()).thenReturn(own);
        when(own.getContext().getRealm()).thenReturn(realm);
        when(own.loginFailures()).thenReturn(store);
        when(realm.isBruteForceProtected()).thenReturn(true);
    }

    @Test
    void reportsUntilWhenTheUserIsLockedOut() {
        int until = (int) Time.currentTimeSeconds() + 60;
        when(failures.getFailedLoginNotBefore()).thenReturn(until);

        assertThat(new Lockout(session).lockedUntil(user)).contains(Instant.ofEpochSecond(until));
    }

    @Test
    void reportsNoLockoutOfThePastAndNoneWithoutFailures() {
        when(failures.getFailedLoginNotBefore()).thenReturn((int) Time.currentTimeSeconds());
        assertThat(new Lockout(session).lockedUntil(user)).isEmpty();

        when(store.getUserLoginFailure(realm, "uma")).thenReturn(null);
        assertThat(new Lockout(session).lockedUntil(user)).isEmpty();
        new Lockout(session).endAfterNewPassword(user);
    }

    @Test
    void anAdministratorEndsAnyLockout() {
        when(failures.getFailedLoginNotBefore()).thenReturn((int) Time.currentTimeSeconds() + 60);
        when(failures.getNumSecondaryAuthFailures()).thenReturn(3);

        assertThat(new Lockout(session).unlock(user)).isTrue();

        verify(store).removeUserLoginFailure(realm, "uma");
    }
}
