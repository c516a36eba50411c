package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.UpdateTotp;

/**
 * Keycloak's page to set up an authenticator app. Here it accepts a pasted code like the login does, and then offers recovery
 * codes to users who have none. Replaces Keycloak's provider: same id and a higher order (ProviderManager, 26.7).
 */
public final class AppSetup extends UpdateTotp implements Versioned {

    private static final String CODE = "totp";

    @Override
    public void processAction(RequiredActionContext context) {
        CodeInput.normalize(context.getHttpRequest().getDecodedFormParameters(), CODE);
        CredentialPage.process(context, () -> super.processAction(context));
        RecoveryCodesSetup.offerAfter(context);
    }

    @Override
    public int order() {
        return 1;
    }
}
