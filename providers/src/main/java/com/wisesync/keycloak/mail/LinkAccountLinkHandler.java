package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Versioned;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionTokenHandler;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own handler of the same id, behind the {@link LinkGate}: the link connects a user account with a login at an identity
 * provider. Replaces it by its higher order.
 *
 * <p>In a browser other than the one that started the login, Keycloak asks once more, with a link that this handler guards too.
 */
public final class LinkAccountLinkHandler extends IdpVerifyAccountLinkActionTokenHandler implements Versioned {

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String getAuthenticationSessionIdFromToken(
            IdpVerifyAccountLinkActionToken token,
            ActionTokenContext<IdpVerifyAccountLinkActionToken> context,
            AuthenticationSessionModel current) {
        new LinkGate(context).requireConfirmed(token);
        return super.getAuthenticationSessionIdFromToken(token, context, current);
    }
}
