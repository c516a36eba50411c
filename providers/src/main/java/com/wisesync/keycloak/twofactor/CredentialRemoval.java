package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;

/**
 * Keycloak's page to remove a credential, which here does not continue an {@linkplain OutdatedLogin outdated login}. Replaces
 * Keycloak's provider: same id and a higher order (ProviderManager, 26.7).
 */
public final class CredentialRemoval extends DeleteCredentialAction implements Versioned {

    @Override
    public void processAction(RequiredActionContext context) {
        if (!OutdatedLogin.refuse(context)) {
            super.processAction(context);
        }
    }

    @Override
    public int order() {
        return 1;
    }
}
