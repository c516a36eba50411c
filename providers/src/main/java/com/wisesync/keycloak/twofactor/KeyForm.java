package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticator;
import org.keycloak.models.KeycloakSession;

/** Keycloak's page for a security key or passkey as the second factor, with help for a lost device. */
final class KeyForm extends WebAuthnAuthenticator {

    KeyForm(KeycloakSession session) {
        super(session);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (!LostDevice.showHelp(this, context)) {
            super.action(context);
        }
    }
}
