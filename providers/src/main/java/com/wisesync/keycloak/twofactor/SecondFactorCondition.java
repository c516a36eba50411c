package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.mail.LoginStart;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Decides which second factor a login needs: an enrolled app or key, if the user has one; otherwise an emailed code, if the
 * policy requires a second factor.
 */
final class SecondFactorCondition implements ConditionalAuthenticator {

    static final String KIND = "kind";
    static final String DEVICE = "device";
    static final String CODE = "code";

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        // The first step after the password, a passkey or an identity provider.
        new LoginStart(context.getSession(), context.getAuthenticationSession()).recordFirst(user);
        return new SecondFactorPolicy(context.getSession()).isRequired(user, context.getAuthenticationSession())
                && new SecondFactors(user).isAppOrKeyEnrolled() == isForDevices(context.getAuthenticatorConfig());
    }

    /** Without a configuration, the condition is for the emailed code, which needs no enrolment. */
    private static boolean isForDevices(AuthenticatorConfigModel model) {
        return model != null
                && model.getConfig() != null
                && DEVICE.equals(model.getConfig().get(KIND));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // A condition has no page.
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing to set up.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
