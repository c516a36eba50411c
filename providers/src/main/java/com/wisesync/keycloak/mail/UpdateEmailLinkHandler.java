package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Versioned;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionToken;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionTokenHandler;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own handler of the same id, behind the {@link LinkGate}. Replaces it by its higher order. The username follows the
 * confirmed email if it was equal to the old one.
 */
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

    @Override
    public Response handleToken(UpdateEmailActionToken token, ActionTokenContext<UpdateEmailActionToken> context) {
        if (!OptIn.isActive(context.getRealm())) {
            return super.handleToken(token, context);
        }
        UserModel user = context.getAuthenticationSession().getAuthenticatedUser();
        boolean follows = LoginNameClaims.same(user.getUsername(), user.getEmail());
        boolean free = claim(token.getNewEmail(), user, context);
        boolean endsOthers = Boolean.TRUE.equals(token.getLogoutSessions());
        // Keycloak would call the applications within the transaction (AuthenticatorUtil.logoutOtherSessions, 26.7).
        token.setLogoutSessions(false);
        String current = context.getAuthenticationSession().getParentSession().getId();
        Response page = super.handleToken(token, context);
        boolean changed = LoginNameClaims.same(token.getNewEmail(), user.getEmail());
        if (follows && free && changed) {
            user.setUsername(user.getEmail());
        }
        if (endsOthers && changed) {
            new LogoutEvent.OtherDevices(context.getSession(), user, current).publish();
        }
        return page;
    }

    /** Claims the address until the end of the transaction; returns whether no other user has it as username or email. */
    private static boolean claim(String address, UserModel user, ActionTokenContext<UpdateEmailActionToken> context) {
        KeycloakSession session = context.getSession();
        LoginNameClaims names = new LoginNameClaims(session);
        try {
            names.claim(List.of(address));
        } catch (Refusal busy) {
            throw new ErrorPageException(
                    session, context.getAuthenticationSession(), Response.Status.CONFLICT, busy.getMessage());
        }
        String owner = names.owners(List.of(address)).get(LoginNameClaims.normalize(address));
        return owner == null || owner.equals(user.getId());
    }
}
