package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.OptIn;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.common.Profile;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Each wrong password costs one hash: one of Keycloak's, or one of this form where Keycloak computes none. */
class PasswordFormTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final AuthenticationFlowContext context = mock(AuthenticationFlowContext.class, RETURNS_DEEP_STUBS);
    private final PasswordHashProvider hashes = mock(PasswordHashProvider.class);
    private final UserModel user = mock(UserModel.class, RETURNS_DEEP_STUBS);

    @BeforeEach
    void aUserWithAPassword() {
        Profile.defaults();
        when(context.getSession()).thenReturn(session);
        when(context.getRealm().getEventsListenersStream()).thenAnswer(call -> Stream.of(OptIn.LISTENER));
        when(context.getRealm().isBruteForceProtected()).thenReturn(true);
        when(context.getRealm().getPasswordPolicy().getHashAlgorithm()).thenReturn(null);
        doReturn(hashes).when(session).getProvider(PasswordHashProvider.class);
        when(user.credentialManager().isConfiguredFor("password")).thenReturn(true);
    }

    @AfterEach
    void resetProfile() {
        Profile.reset();
    }

    @Test
    void keycloakHashesAWrongPassword() {
        assertThat(validate("wrong")).isFalse();

        verify(hashes, never()).encodedCredential(any(), anyInt());
    }

    /** Also for a user who is locked out without a password: Keycloak asks about the lockout once. */
    @ParameterizedTest
    @CsvSource({"'', true, false", "'', true, true", "wrong, true, true", "wrong, false, false", "wrong, false, true"})
    void oneHashIsComputedWhereKeycloakComputesNone(String password, boolean hasPassword, boolean locked) {
        when(user.credentialManager().isConfiguredFor("password")).thenReturn(hasPassword);
        when(context.getProtector().isTemporarilyDisabled(any(), any(), any())).thenReturn(locked);

        assertThat(validate(password)).isFalse();

        verify(hashes, times(1)).encodedCredential(any(), anyInt());
    }

    private boolean validate(String password) {
        MultivaluedMap<String, String> input = new MultivaluedHashMap<>();
        input.putSingle("password", password);
        return new PasswordForm(session).validatePassword(context, user, input, true);
    }
}
