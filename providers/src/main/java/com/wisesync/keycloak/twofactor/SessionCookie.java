package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticator;

/**
 * Keycloak's step that continues a session, the first of the browser flow. Before it, {@link Levels#preferFirstKnown} corrects the
 * level that the application requests, on which the step decides.
 */
final class SessionCookie extends CookieAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (OptIn.isActive(context.getRealm())) {
            Levels.preferFirstKnown(context.getAuthenticationSession());
        }
        super.authenticate(context);
    }
}
