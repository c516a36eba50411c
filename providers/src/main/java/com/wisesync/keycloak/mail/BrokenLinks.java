package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.RequestPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Answers an emailed link that is incomplete or was changed, as happens when an address is copied by hand: its page says how to
 * open it. Keycloak would say that such a link has been used, or send the user back to an application that an invited user does
 * not know yet (LoginActionsService.handleActionToken, 26.7).
 */
@Provider
public final class BrokenLinks implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> path = RequestPath.segments(request);
        if (!HttpMethod.GET.equals(request.getMethod()) || !isLink(path)) {
            return;
        }
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        RealmModel realm = session.realms().getRealmByName(path.get(1));
        if (realm == null || !OptIn.isActive(realm)) {
            return;
        }
        session.getContext().setRealm(realm);
        String key = request.getUriInfo().getQueryParameters().getFirst(Constants.KEY);
        // The signature only: LinkGate and Keycloak report why a complete link does not work any more.
        if (session.tokens().decode(key, JsonWebToken.class) == null) {
            new EventBuilder(realm, session, session.getContext().getConnection())
                    .event(EventType.EXECUTE_ACTION_TOKEN)
                    .error(Errors.INVALID_TOKEN);
            request.abortWith(session.getProvider(LoginFormsProvider.class)
                    .setError("wiseSyncLinkBroken")
                    .createErrorPage(Response.Status.BAD_REQUEST));
        }
    }

    private static boolean isLink(List<String> path) {
        return path.size() == 4
                && path.get(0).equals("realms")
                && path.get(2).equals("login-actions")
                && path.get(3).equals("action-token");
    }
}
