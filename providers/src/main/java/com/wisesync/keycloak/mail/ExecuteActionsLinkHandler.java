package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionTokenHandler;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's own handler of the same id, behind the {@link LinkGate}. Replaces it by its higher order. */
public final class ExecuteActionsLinkHandler extends ExecuteActionsActionTokenHandler implements Versioned {

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getAuthenticationSessionIdFromToken(
            ExecuteActionsActionToken token,
            ActionTokenContext<ExecuteActionsActionToken> context,
            AuthenticationSessionModel current) {
        new LinkGate(context).requireConfirmed(token);
        return super.getAuthenticationSessionIdFromToken(token, context, current);
    }

    @Override
    public Response handleToken(
            ExecuteActionsActionToken token, ActionTokenContext<ExecuteActionsActionToken> context) {
        if (OptIn.isActive(context.getRealm())) {
            // The gate has asked for confirmation. Keycloak would ask again in a new session, by a link that
            // scanners follow.
            AuthenticationSessionModel use = context.getAuthenticationSession();
            context.setAuthenticationSession(use, false);
            new LoginStart(context.getSession(), use).record(use.getAuthenticatedUser());
        }
        return super.handleToken(token, context);
    }

    /** Each link works once: a repeatable one would outlive the change that it was sent for. */
    @Override
    public boolean canUseTokenRepeatedly(
            ExecuteActionsActionToken token, ActionTokenContext<ExecuteActionsActionToken> context) {
        return !OptIn.isActive(context.getRealm()) && super.canUseTokenRepeatedly(token, context);
    }
}
