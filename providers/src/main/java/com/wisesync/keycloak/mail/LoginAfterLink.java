package com.wisesync.keycloak.mail;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Continues in the browser flow after a user has accepted an invitation: with the second factor, up to the start page of the
 * application. The login creates a session and no code ({@code response_type=none}), as no application has asked for one; the
 * application then finds the session.
 */
final class LoginAfterLink {

    private final ActionTokenContext<PasswordLink> context;

    LoginAfterLink(ActionTokenContext<PasswordLink> context) {
        this.context = context;
    }

    /** Redirects to the login's next step, so that reloading its page does not post the password again. */
    Response start(UserModel user, Home home) {
        AuthenticationSessionModel link = context.getAuthenticationSession();
        AuthenticationSessionModel login = link.getParentSession().createAuthenticationSession(home.client());
        login.setAction(AuthenticationSessionModel.Action.AUTHENTICATE.name());
        login.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        String startPage = startPage(home);
        login.setRedirectUri(startPage);
        login.setClientNote(OIDCLoginProtocol.REDIRECT_URI_PARAM, startPage);
        login.setClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM, OIDCResponseType.NONE);
        login.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, OAuth2Constants.SCOPE_OPENID);
        login.setClientNote(OIDCLoginProtocol.ISSUER, link.getClientNote(OIDCLoginProtocol.ISSUER));
        login.setAuthenticatedUser(user);
        ChosenPassword.mark(login, user);
        link.getParentSession().removeAuthenticationSessionByTabId(link.getTabId());
        return Response.seeOther(LoginActionsService.loginActionsBaseUrl(context.getUriInfo())
                        .path(LoginActionsService.AUTHENTICATE_PATH)
                        .queryParam(Constants.CLIENT_ID, home.client().getClientId())
                        .queryParam(Constants.TAB_ID, login.getTabId())
                        .build(context.getRealm().getName()))
                .build();
    }

    /**
     * Keycloak's address that redirects to the application. The login adds {@code session_state} and {@code iss} to the address
     * it redirects to. At the application's own address they would become part of its next redirect URI, which Keycloak rejects
     * ("contains forbidden OIDC parameter", RedirectUtils of 26.7.5).
     */
    private String startPage(Home home) {
        return RealmsResource.realmBaseUrl(context.getUriInfo())
                .path("clients/{client}/redirect")
                .build(context.getRealm().getName(), home.client().getClientId())
                .toString();
    }
}
