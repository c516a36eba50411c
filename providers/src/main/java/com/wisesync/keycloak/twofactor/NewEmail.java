package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.UpdateEmail;

/**
 * Keycloak's page for a new email, which here logs out other devices after the commit. Replaces Keycloak's provider: same id and a
 * higher order (ProviderManager, 26.7).
 */
public final class NewEmail extends UpdateEmail implements Versioned {

    @Override
    public void processAction(RequiredActionContext context) {
        if (!isVerifyEmailEnabled(context.getRealm())) {
            CredentialPage.process(context, () -> super.processAction(context));
        } else {
            // The emailed link remembers whether the user is logged out of other devices.
            super.processAction(context);
        }
    }

    @Override
    public int order() {
        return 1;
    }
}
