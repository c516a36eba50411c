package com.wisesync.keycloak.mail;

import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The user session of a login. */
public final class LoginSession {

    private LoginSession() {}

    /**
     * The id of the user session that single sign-on continues, or that a login with a password will create. The login has the id
     * of the session that it continues, except after a link was opened in the same browser, which begins a login with a new id.
     */
    public static String id(KeycloakSession session, AuthenticationSessionModel login) {
        if (AuthenticatorUtil.isSSOAuthentication(login) && login.getAuthenticatedUser() != null) {
            // As Keycloak's CookieAuthenticator does (26.7).
            AuthResult current = AuthenticationManager.authenticateIdentityCookie(session, login.getRealm(), true);
            if (current != null
                    && current.user()
                            .getId()
                            .equals(login.getAuthenticatedUser().getId())) {
                return current.session().getId();
            }
        }
        return login.getParentSession().getId();
    }
}
