package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeyManager;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** What needs time to pass; the rest is tested on a real server. */
class EmailedCodeTest {

    private final AuthenticationFlowContext context = mock();
    private final EventBuilder event = mock(EventBuilder.class, RETURNS_SELF);
    private final LoginFormsProvider form = mock(LoginFormsProvider.class, RETURNS_SELF);
    private final KeycloakSession session = mock();
    private final RealmModel realm = mock();
    private final UserModel user = mock();
    private final AuthenticationSessionModel login = mock();
    private final Map<String, String> notes = new HashMap<>();
    private final MultivaluedMap<String, String> typed = new MultivaluedHashMap<>();

    @BeforeEach
    void aLoginThatWaitsForACode() {
        when(user.getId()).thenReturn("uma");
        when(user.isEnabled()).thenReturn(true);
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setId("execution");
        HttpRequest request = mock();
        when(request.getDecodedFormParameters()).thenReturn(typed);
        when(login.getAuthNote(anyString())).thenAnswer(call -> notes.get(call.<String>getArgument(0)));
        doAnswer(call -> notes.put(call.getArgument(0), call.getArgument(1)))
                .when(login)
                .setAuthNote(anyString(), anyString());
        KeycloakContext here = mock();
        SingleUseObjectProvider outcomes = mock();
        when(session.getContext()).thenReturn(here);
        when(session.singleUseObjects()).thenReturn(outcomes);
        when(outcomes.remove(anyString())).thenReturn(null);
        when(here.getRealm()).thenReturn(realm);
        when(context.getUser()).thenReturn(user);
        when(context.getRealm()).thenReturn(realm);
        when(context.getSession()).thenReturn(session);
        when(context.getExecution()).thenReturn(execution);
        when(context.getHttpRequest()).thenReturn(request);
        when(context.getEvent()).thenReturn(event);
        when(context.form()).thenReturn(form);
        when(context.getAuthenticationSession()).thenReturn(login);
        long now = Time.currentTimeSeconds();
        new PendingCode("id", "c2VhbA==", now, now + 300, "slot", "uma@acme.example").store(login);
    }

    @AfterEach
    void backToNow() {
        Time.setOffset(0);
    }

    @Test
    void refusesACodeAfterItsLifetime() {
        Time.setOffset(301);
        typed.putSingle("code", "123456");

        new EmailedCode().action(context);

        verify(event).error(Errors.EXPIRED_CODE);
        verify(form).setError("wiseSyncCodeExpired");
        verify(context).forceChallenge(any());
        verify(context, never()).success(any());
        verify(session, never()).getKeycloakSessionFactory();
    }

    /** With a second to spare: the clock may tick in between. */
    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "298, false", "300, true", "301, true"})
    void aCodeExpiresWithItsLastSecond(int later, boolean expired) {
        long sent = Time.currentTimeSeconds() - later;

        assertThat(new PendingCode("id", "c2VhbA==", sent, sent + 300, "slot", "uma@acme.example").isExpired())
                .isEqualTo(expired);
    }

    @Test
    void sendsNoNewCodeByItselfWhenTheOldOneHasExpired() {
        Time.setOffset(301);

        new EmailedCode().authenticate(context);

        verify(form).setError("wiseSyncCodeExpired");
        verify(session, never()).getKeycloakSessionFactory();
    }

    /** Keycloak says the same of both; only one of them has guessed. */
    @ParameterizedTest
    @CsvSource({"-60, wiseSyncCodeBusy", "0, wiseSyncCodeBusy", "60, wiseSyncCodeLocked"})
    void reportsALockoutByFailuresButNotByAConcurrentLogin(int lockedFor, String message) {
        BruteForceProtector protector = mock();
        when(protector.isTemporarilyDisabled(any(), any(), any())).thenReturn(true);
        when(context.getProtector()).thenReturn(protector);
        when(realm.isBruteForceProtected()).thenReturn(true);
        UserLoginFailureModel failures = mock();
        when(failures.getFailedLoginNotBefore()).thenReturn((int) Time.currentTimeSeconds() + lockedFor);
        UserLoginFailureProvider all = mock();
        when(session.loginFailures()).thenReturn(all);
        when(all.getUserLoginFailure(realm, "uma")).thenReturn(failures);
        typed.putSingle("code", "123456");

        new EmailedCode().action(context);

        verify(form).setError(eq(message), any(Object[].class));
        verify(context).forceChallenge(any());
        verify(session, never()).getKeycloakSessionFactory();
    }

    @Test
    void asksAgainForAnEmptyCodeWithoutUsingATry() {
        typed.putSingle("code", "  ");

        new EmailedCode().action(context);

        verify(session, never()).getKeycloakSessionFactory();
        verify(context).forceChallenge(any());
    }

    /** Both read the login before either has changed it, as on two nodes: that the code was used stands beside it. */
    @Test
    void acceptsTheRightCodeInOneOfTwoConcurrentRequests() {
        seal();
        long now = Time.currentTimeSeconds();
        new PendingCode(
                        "id",
                        CodeSeal.forRealm(session).seal("123456", "id", login),
                        now,
                        now + 300,
                        "slot",
                        "uma@acme.example")
                .store(login);
        Map<String, String> asRead = Map.copyOf(notes);
        typed.putSingle("code", "123456");

        new EmailedCode().action(context);
        notes.putAll(asRead);
        new EmailedCode().action(context);

        verify(context).success(EmailedCode.CREDENTIAL_TYPE);
        verify(event).error(Errors.INVALID_USER_CREDENTIALS);
    }

    /** What a code is sealed with and where its use is written down. */
    private void seal() {
        KeycloakSessionFactory factory = mock();
        KeyManager keys = mock();
        KeyWrapper key = new KeyWrapper();
        key.setSecretKey(new SecretKeySpec(new byte[64], "HmacSHA512"));
        RootAuthenticationSessionModel root = mock();
        Set<String> used = new HashSet<>();
        when(root.getId()).thenReturn("root");
        when(realm.getId()).thenReturn("realm");
        when(login.getRealm()).thenReturn(realm);
        when(login.getAuthenticatedUser()).thenReturn(user);
        when(login.getParentSession()).thenReturn(root);
        when(login.getTabId()).thenReturn("tab");
        when(keys.getActiveKey(realm, KeyUse.SIG, Algorithm.HS512)).thenReturn(key);
        when(session.keys()).thenReturn(keys);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(factory.create()).thenAnswer(call -> {
            KeycloakSession own = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
            SingleUseObjectProvider objects = mock();
            when(own.singleUseObjects()).thenReturn(objects);
            when(objects.putIfAbsent(anyString(), anyLong())).thenAnswer(put -> used.add(put.getArgument(0)));
            return own;
        });
    }
}
