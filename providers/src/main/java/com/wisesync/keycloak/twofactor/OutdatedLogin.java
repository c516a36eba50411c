package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.mail.LoginStart;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;

/**
 * Refuses a login in progress whose user has a new password, was disabled, or was logged out everywhere since it started, see
 * {@link LoginStart}. The page offers to log in again.
 */
final class OutdatedLogin {

    private static final String TEMPLATE = "wise-sync-login-outdated.ftl";

    private OutdatedLogin() {}

    /**
     * Shows the page if the login is outdated.
     *
     * @return whether the page is shown; otherwise the action continues
     */
    static boolean refuse(RequiredActionContext context) {
        if (!new LoginStart(context.getSession(), context.getAuthenticationSession()).isOutdated(context.getUser())) {
            return false;
        }
        context.getEvent()
                .clone()
                .event(EventType.LOGIN)
                .client(context.getAuthenticationSession().getClient())
                .user(context.getUser())
                .detail(Details.REASON, "login_outdated")
                .error(Errors.EXPIRED_CODE);
        context.challenge(Response.fromResponse(context.form().createForm(TEMPLATE))
                .status(Response.Status.FORBIDDEN)
                .build());
        return true;
    }
}
