package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.OTPCredentialModel;

/** The code by e-mail. Its reference category is one of the three whose failures Keycloak's brute-force protection counts. */
public final class MailedCodeFactory extends StepFactory {

    public static final String ID = "wise-sync-mailed-code";

    public MailedCodeFactory() {
        super(ID, "Wise-Sync: code by email", OTPCredentialModel.TYPE, MailedCodeConfigProperties.list());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new MailedCode();
    }
}
