package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.RecoveryAuthnCodesAction;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's page with new recovery codes, which here can be declined with "Not now". Replaces Keycloak's provider: same id
 * and a higher order (ProviderManager, 26.7).
 */
public final class RecoveryCodesSetup extends RecoveryAuthnCodesAction implements Versioned {

    private static final String NOT_NOW = "not-now";

    /** Keycloak's factory returns an instance of its own class (RecoveryAuthnCodesAction, 26.7). */
    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (context.getHttpRequest().getDecodedFormParameters().containsKey(NOT_NOW)) {
            context.getUser().removeRequiredAction(PROVIDER_ID);
            context.getAuthenticationSession().removeRequiredAction(PROVIDER_ID);
            context.success();
        } else {
            super.processAction(context);
        }
    }

    @Override
    public int order() {
        return 1;
    }
}
