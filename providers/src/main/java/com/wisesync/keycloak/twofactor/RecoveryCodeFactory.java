package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** Creates the step with a recovery code: Keycloak's form, with the same limit on tries as for emailed codes. */
public final class RecoveryCodeFactory extends StepFactory {

    public static final String ID = "wise-sync-recovery-code";

    public RecoveryCodeFactory() {
        super(
                ID,
                "Wise-Sync: recovery code with limited tries",
                RecoveryAuthnCodesCredentialModel.TYPE,
                EmailedCodeConfigProperties.tries());
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new RecoveryCode(session);
    }
}
