package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.RequestPath;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Refuses what is sent from a page that follows the steps of a login, if the login is {@linkplain OutdatedLogin outdated}: from
 * the pages of required actions, on which users change how they log in, link identity providers or delete their account, and
 * from the consent page, after which Keycloak evaluates no required action. With any method, because Keycloak processes a GET
 * with the code of the page too (LoginActionsService.requiredActionGET, 26.7); sending an email again is one.
 *
 * <p>Finds the login as Keycloak does next: by cookie, client and tab (SessionCodeChecks.initialVerifyAuthSession, 26.7).
 */
@Provider
public final class OutdatedLoginPages implements ContainerRequestFilter {

    private static final Set<String> PAGES = Set.of("required-action", "consent");

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> path = RequestPath.segments(request);
        if (!isPage(path)) {
            return;
        }
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        RealmModel realm = session.realms().getRealmByName(path.get(1));
        if (realm != null && OptIn.isActive(realm)) {
            session.getContext().setRealm(realm);
            check(request, session, realm);
        }
    }

    private static boolean isPage(List<String> path) {
        return path.size() == 4
                && path.get(0).equals("realms")
                && path.get(2).equals("login-actions")
                && PAGES.contains(path.get(3));
    }

    private static void check(ContainerRequestContext request, KeycloakSession session, RealmModel realm) {
        AuthenticationSessionModel login = login(request, session, realm);
        UserModel user = login == null ? null : login.getAuthenticatedUser();
        if (user == null) {
            return;
        }
        new OutdatedLogin(session, login)
                .refuse(user, event(session, realm), () -> form(session, login, user))
                .ifPresent(request::abortWith);
    }

    private static AuthenticationSessionModel login(
            ContainerRequestContext request, KeycloakSession session, RealmModel realm) {
        String clientId = request.getUriInfo().getQueryParameters().getFirst(Constants.CLIENT_ID);
        String tab = request.getUriInfo().getQueryParameters().getFirst(Constants.TAB_ID);
        ClientModel client = clientId == null ? null : realm.getClientByClientId(clientId);
        return client == null || tab == null
                ? null
                : new AuthenticationSessionManager(session).getCurrentAuthenticationSession(realm, client, tab);
    }

    private static EventBuilder event(KeycloakSession session, RealmModel realm) {
        return new EventBuilder(realm, session, session.getContext().getConnection());
    }

    private static LoginFormsProvider form(KeycloakSession session, AuthenticationSessionModel login, UserModel user) {
        session.getContext().setClient(login.getClient());
        return session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(login)
                .setUser(user);
    }
}
