package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionToken;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionTokenHandler;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's own handler of the same id, behind the {@link LinkGate}. Replaces it by its higher order. */
public final class UpdateEmailLinkHandler extends UpdateEmailActionTokenHandler implements Versioned {

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getAuthenticationSessionIdFromToken(
            UpdateEmailActionToken token,
            ActionTokenContext<UpdateEmailActionToken> context,
            AuthenticationSessionModel current) {
        new LinkGate(context).requireConfirmed(token);
        return super.getAuthenticationSessionIdFromToken(token, context, current);
    }
}
