package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.RecoveryAuthnCodesAction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

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
            CredentialPage.process(context, () -> super.processAction(context));
        }
    }

    /** Offers recovery codes to a user who has just set up another second factor and has no recovery codes. */
    static void offerAfter(RequiredActionContext setup) {
        if (setup.getStatus() == RequiredActionContext.Status.SUCCESS && isOfferDue(setup)) {
            // Only for this login: a user who leaves the page is not asked again.
            setup.getAuthenticationSession().addRequiredAction(PROVIDER_ID);
        }
    }

    private static boolean isOfferDue(RequiredActionContext setup) {
        RequiredActionProviderModel action = setup.getRealm().getRequiredActionProviderByAlias(PROVIDER_ID);
        return OptIn.isActive(setup.getRealm())
                && action != null
                && action.isEnabled()
                && !setup.getUser().credentialManager().isConfiguredFor(RecoveryAuthnCodesCredentialModel.TYPE);
    }

    @Override
    public int order() {
        return 1;
    }
}
