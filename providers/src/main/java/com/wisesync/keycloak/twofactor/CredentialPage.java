package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.mail.LoginSession;
import com.wisesync.keycloak.mail.LogoutEvent;
import java.util.List;
import org.keycloak.authentication.RequiredActionContext;

/**
 * Wraps Keycloak's pages for passwords, emails and second factors: "Log out from other devices" ends the other sessions and all
 * offline sessions after the commit. Keycloak would call their applications within the transaction
 * (AuthenticatorUtil.logoutOtherSessions, 26.7).
 */
final class CredentialPage {

    private static final String LOG_OUT_OTHERS = "logout-sessions";

    private CredentialPage() {}

    /** @param keycloak Keycloak's own processing of the page */
    static void process(RequiredActionContext context, Runnable keycloak) {
        boolean others = OptIn.isActive(context.getRealm()) && takeCheckbox(context);
        keycloak.run();
        if (others && context.getStatus() == RequiredActionContext.Status.SUCCESS) {
            String own = LoginSession.id(context.getSession(), context.getAuthenticationSession());
            new LogoutEvent.OtherDevices(context.getSession(), context.getUser(), own).publish();
        }
    }

    private static boolean takeCheckbox(RequiredActionContext context) {
        List<String> values =
                context.getHttpRequest().getDecodedFormParameters().remove(LOG_OUT_OTHERS);
        return values != null && values.contains("on");
    }
}
