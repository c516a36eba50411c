package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticator;
import org.keycloak.models.KeycloakSession;

/** Keycloak's page for a passkey that can also be used without a password, with help for a lost device. */
final class PasswordlessKeyForm extends WebAuthnPasswordlessAuthenticator {

    PasswordlessKeyForm(KeycloakSession session) {
        super(session);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (!LostDevice.showHelp(this, context)) {
            super.action(context);
        }
    }
}
