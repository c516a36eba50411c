package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.OTPCredentialModel;

/** Keycloak's own one-time password form, with the tries counted as they are for a mailed code. */
public final class AppCodeFactory extends StepFactory {

    public static final String ID = "wise-sync-app-code";

    public AppCodeFactory() {
        super(
                ID,
                "Wise-Sync: code of an app, tries limited",
                OTPCredentialModel.TYPE,
                MailedCodeConfigProperties.tries());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new AppCode();
    }
}
