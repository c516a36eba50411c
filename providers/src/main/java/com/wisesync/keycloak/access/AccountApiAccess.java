package com.wisesync.keycloak.access;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.RequestPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Guards Keycloak's account API ({@code /realms/{realm}/account}).
 *
 * <ul>
 *   <li>Refuses users who may not enter the token's client any more, with 401. The sessions of a disabled account end only after
 *       its commit, one member after the other.
 *   <li>Requires a recent login for each write, for example to remove a second factor. Keycloak asks for one on the pages of its
 *       required actions, but not in this API, and compares the level of the token without regard to its age
 *       (AccountCredentialResource, 26.7).
 * </ul>
 *
 * <p>Only refuses, and so reads the token without verifying it: Keycloak does that next, with each DPoP proof usable once.
 */
@Provider
public final class AccountApiAccess implements ContainerRequestFilter {

    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** @throws Refusal if the request is a write and its login is too old */
    @Override
    public void filter(ContainerRequestContext request) {
        List<String> path = RequestPath.segments(request);
        if (path.size() < 3 || !path.get(0).equals("realms") || !path.get(2).equals("account")) {
            return;
        }
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        RealmModel realm = session.realms().getRealmByName(path.get(1));
        if (realm == null || !OptIn.isActive(realm)) {
            return;
        }
        session.getContext().setRealm(realm);
        token(session).ifPresent(token -> check(request, session, realm, token));
    }

    private static void check(
            ContainerRequestContext request, KeycloakSession session, RealmModel realm, AccessToken token) {
        UserSessionModel userSession = userSession(session, realm, token);
        if (userSession != null && !mayEnter(session, realm, userSession.getUser(), token)) {
            request.abortWith(noAccess());
        } else if (!READS.contains(request.getMethod())) {
            LoginAge.requireRecent(userSession, token);
        }
    }

    private static boolean mayEnter(KeycloakSession session, RealmModel realm, UserModel user, AccessToken token) {
        ClientModel client = token.getIssuedFor() == null ? null : realm.getClientByClientId(token.getIssuedFor());
        // Keycloak refuses the token of a deleted user or client.
        return user == null
                || client == null
                || new ApplicationAccess(session).findObstacle(user, client).isEmpty();
    }

    private static Response noAccess() {
        return Response.status(Response.Status.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"" + OAuthErrorException.INVALID_TOKEN + "\"")
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OAuth2ErrorRepresentation(OAuthErrorException.INVALID_TOKEN, "The user has no access"))
                .build();
    }

    private static Optional<AccessToken> token(KeycloakSession session) {
        AppAuthManager.AuthHeader header = AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                session.getContext().getHttpRequest().getHttpHeaders());
        if (header == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JWSInput(header.getToken()).readJsonContent(AccessToken.class));
        } catch (JWSInputException e) {
            // Keycloak refuses it.
            return Optional.empty();
        }
    }

    private static UserSessionModel userSession(KeycloakSession session, RealmModel realm, AccessToken token) {
        if (token.getSessionId() == null) {
            return null;
        }
        UserSessionModel online = session.sessions().getUserSession(realm, token.getSessionId());
        return online != null ? online : session.sessions().getOfflineUserSession(realm, token.getSessionId());
    }
}
