package com.wisesync.keycloak.twofactor;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Which second factor is due: a device, for who has one; the mailed code, for who has none and is asked nevertheless. */
final class SecondFactorNeeded implements ConditionalAuthenticator {

    static final String KIND = "kind";
    static final String DEVICE = "device";
    static final String CODE = "code";

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        boolean asked = new Policy(context.getSession()).asks(user);
        return asked && Devices.enrolledBy(user) == forDevices(context.getAuthenticatorConfig());
    }

    /** Without a setting it is the one for the code, which whoever has no device gets. */
    private static boolean forDevices(AuthenticatorConfigModel model) {
        return model != null
                && model.getConfig() != null
                && DEVICE.equals(model.getConfig().get(KIND));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // A condition shows nothing.
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
