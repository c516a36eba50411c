package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Replaces Keycloak's factory: same id and a higher order (ProviderManager, 26.7). */
public final class SessionCookieFactory extends CookieAuthenticatorFactory implements Versioned {

    @Override
    public Authenticator create(KeycloakSession session) {
        return new SessionCookie();
    }

    @Override
    public int order() {
        return 1;
    }
}
