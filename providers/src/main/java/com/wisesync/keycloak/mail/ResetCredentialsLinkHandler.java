package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Versioned;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionTokenHandler;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's own handler of the same id, behind the {@link LinkGate}. Replaces it by its higher order. */
public final class ResetCredentialsLinkHandler extends ResetCredentialsActionTokenHandler implements Versioned {

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getAuthenticationSessionIdFromToken(
            ResetCredentialsActionToken token,
            ActionTokenContext<ResetCredentialsActionToken> context,
            AuthenticationSessionModel current) {
        new LinkGate(context).requireConfirmed(token);
        return super.getAuthenticationSessionIdFromToken(token, context, current);
    }

    /** With the raw type of the method that it overrides. */
    @Override
    @SuppressWarnings("rawtypes")
    public Response handleToken(ResetCredentialsActionToken token, ActionTokenContext context) {
        AuthenticationSessionModel use = context.getAuthenticationSession();
        new LoginStart(context.getSession(), use).record(use.getAuthenticatedUser());
        return super.handleToken(token, context);
    }
}
