package com.wisesync.keycloak.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.utils.KeycloakSessionUtil;

class AccountApiAccessTest {

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserModel user = mock(UserModel.class);
    private final OrganizationModel account = mock(OrganizationModel.class);
    private final ContainerRequestContext request = mock(ContainerRequestContext.class, RETURNS_DEEP_STUBS);
    private final Response unauthorized = mock(Response.class);
    private final Response.ResponseBuilder builder = mock(Response.ResponseBuilder.class, RETURNS_SELF);

    @BeforeEach
    void aUserWithASessionReadsTheirAccount() {
        OrganizationProvider organizations = mock(OrganizationProvider.class);
        doReturn(organizations).when(session).getProvider(OrganizationProvider.class);
        when(organizations.getByMember(user)).thenAnswer(call -> Stream.of(account));
        when(organizations.getMemberById(account, "user-id")).thenReturn(user);
        when(user.getId()).thenReturn("user-id");
        when(user.isEnabled()).thenReturn(true);
        when(user.getRealmRoleMappingsStream()).thenAnswer(call -> Stream.empty());
        ClientModel client = mock(ClientModel.class);
        when(client.getClientScopes(anyBoolean())).thenReturn(Map.of());
        when(client.getRealm()).thenReturn(realm);
        when(realm.getClientByClientId("account-console")).thenReturn(client);
        when(realm.getEventsListenersStream()).thenAnswer(call -> Stream.of(OptIn.LISTENER));
        when(session.realms().getRealmByName("demo")).thenReturn(realm);
        when(session.getContext().getRealm()).thenReturn(realm);
        UserSessionModel userSession = mock(UserSessionModel.class);
        when(userSession.getUser()).thenReturn(user);
        when(session.sessions().getUserSession(realm, "session-id")).thenReturn(userSession);
        Profile.defaults();
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        headers.putSingle("Authorization", "Bearer " + token());
        when(session.getContext().getHttpRequest().getHttpHeaders().getRequestHeaders())
                .thenReturn(headers);
        when(request.getUriInfo().getPath()).thenReturn("/realms/demo/account/credentials");
        KeycloakSessionUtil.setKeycloakSession(session);
        RuntimeDelegate answers = mock(RuntimeDelegate.class);
        when(answers.createResponseBuilder()).thenReturn(builder);
        doReturn(unauthorized).when(builder).build();
        RuntimeDelegate.setInstance(answers);
    }

    @AfterEach
    void forgetsTheSession() {
        KeycloakSessionUtil.setKeycloakSession(null);
        Profile.reset();
        RuntimeDelegate.setInstance(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void refusesUsersOfADisabledAccountThatStillHaveASession(String method) {
        when(request.getMethod()).thenReturn(method);
        when(account.isEnabled()).thenReturn(false);

        new AccountApiAccess().filter(request);

        verify(request).abortWith(unauthorized);
        verify(builder).header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    @Test
    void readsNeedNoRecentLoginAndWritesDo() {
        when(account.isEnabled()).thenReturn(true);
        when(request.getMethod()).thenReturn("GET");
        new AccountApiAccess().filter(request);
        when(request.getMethod()).thenReturn("POST");

        assertThatThrownBy(() -> new AccountApiAccess().filter(request)).isInstanceOf(Refusal.class);
        verify(request, never()).abortWith(any());
    }

    private static String token() {
        return part("{\"alg\":\"RS256\"}")
                + '.'
                + part("{\"sid\":\"session-id\",\"azp\":\"account-console\"}")
                + '.'
                + part("signature");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
