package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.OTPCredentialModel;

/**
 * Creates the step with the emailed code. Its reference category is one of the three whose failures Keycloak's brute-force
 * protection counts (DefaultBruteForceProtector, 26.7).
 */
public final class EmailedCodeFactory extends StepFactory {

    public static final String ID = "wise-sync-mailed-code";

    public EmailedCodeFactory() {
        super(ID, "Wise-Sync: emailed code", OTPCredentialModel.TYPE, EmailedCodeConfigProperties.list());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new EmailedCode();
    }
}
