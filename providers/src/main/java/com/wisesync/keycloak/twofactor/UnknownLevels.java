package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.RequestPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Answers an application that requires ({@code essential}) only levels of authentication without a number here, such as
 * {@code gold}, like one that requires level 3. Keycloak would show an invalid parameter, and log an error, before a login exists
 * (AuthorizationEndpoint.updateAuthenticationSession, 26.7). Reads the query only, not a request object.
 */
@Provider
public final class UnknownLevels implements ContainerRequestFilter {

    private static final List<String> ENDPOINT = List.of("protocol", "openid-connect", "auth");

    @Override
    public void filter(ContainerRequestContext request) {
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        String claims = query.getFirst(OIDCLoginProtocol.CLAIMS_PARAM);
        List<String> path = RequestPath.segments(request);
        if (claims == null || !HttpMethod.GET.equals(request.getMethod()) || !isEndpoint(path)) {
            return;
        }
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        RealmModel realm = session.realms().getRealmByName(path.get(1));
        String clientId = query.getFirst(OAuth2Constants.CLIENT_ID);
        ClientModel client = realm == null || clientId == null ? null : realm.getClientByClientId(clientId);
        if (client == null || !OptIn.isActive(realm)) {
            return;
        }
        List<String> required = AcrUtils.getRequiredAcrValues(claims);
        if (!required.isEmpty()
                && required.stream()
                        .noneMatch(value -> Levels.find(value, client).isPresent())) {
            session.getContext().setRealm(realm);
            session.getContext().setClient(client);
            new EventBuilder(realm, session, session.getContext().getConnection())
                    .event(EventType.LOGIN)
                    .client(client)
                    .detail(Details.REASON, "unknown_acr")
                    .error(Errors.INVALID_REQUEST);
            request.abortWith(LevelPage.unreachable(session.getProvider(LoginFormsProvider.class)));
        }
    }

    private static boolean isEndpoint(List<String> path) {
        return path.size() == 5
                && path.get(0).equals("realms")
                && path.subList(2, 5).equals(ENDPOINT);
    }
}
