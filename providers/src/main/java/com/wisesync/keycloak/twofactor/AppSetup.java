package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/**
 * Keycloak's page to set up an authenticator app. Here it accepts a pasted code like the login does, and then offers recovery
 * codes to users who have none. Replaces Keycloak's provider: same id and a higher order (ProviderManager, 26.7).
 */
public final class AppSetup extends UpdateTotp implements Versioned {

    private static final String CODE = "totp";

    @Override
    public void processAction(RequiredActionContext context) {
        CodeInput.normalize(context.getHttpRequest().getDecodedFormParameters(), CODE);
        super.processAction(context);
        if (context.getStatus() == RequiredActionContext.Status.SUCCESS && isOfferDue(context)) {
            // Only for this login: a user who leaves the page is not asked again.
            context.getAuthenticationSession().addRequiredAction(RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES);
        }
    }

    private static boolean isOfferDue(RequiredActionContext context) {
        RequiredActionProviderModel action = context.getRealm()
                .getRequiredActionProviderByAlias(RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name());
        return OptIn.isActive(context.getRealm())
                && action != null
                && action.isEnabled()
                && !context.getUser().credentialManager().isConfiguredFor(RecoveryAuthnCodesCredentialModel.TYPE);
    }

    @Override
    public int order() {
        return 1;
    }
}
