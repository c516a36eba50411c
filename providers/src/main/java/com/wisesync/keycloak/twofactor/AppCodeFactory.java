package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.OTPCredentialModel;

/** Creates the step with the app code: Keycloak's form, with the same limit on tries as for emailed codes. */
public final class AppCodeFactory extends StepFactory {

    public static final String ID = "wise-sync-app-code";

    public AppCodeFactory() {
        super(
                ID,
                "Wise-Sync: app code with limited tries",
                OTPCredentialModel.TYPE,
                EmailedCodeConfigProperties.tries());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new AppCode();
    }
}
