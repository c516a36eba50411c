package com.wisesync.keycloak.access;

import com.wisesync.keycloak.OptIn;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;

/**
 * Introspection of access tokens: {@code active:false} for users who may not enter the token's client any more. A client policy
 * cannot do that: its refusals are always answered with 400 (TokenIntrospectionEndpoint, 26.7.4).
 */
final class AccessTokenIntrospection extends AccessTokenIntrospectionProvider<AccessToken> {

    AccessTokenIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    protected boolean introspectionChecks(String tokenStr) {
        boolean active = super.introspectionChecks(tokenStr) && hasAccess(session, user, client, eventBuilder);
        if (!active) {
            // Otherwise the answer of an inactive token may carry it as a JWT
            // (AccessTokenIntrospectionProvider, 26.7.4).
            transformedToken = null;
        }
        return active;
    }

    /** Whether the user may enter the client; otherwise completes the event with the reason. */
    static boolean hasAccess(KeycloakSession session, UserModel user, ClientModel client, EventBuilder event) {
        if (!OptIn.isActive(client.getRealm())) {
            return true;
        }
        Optional<Obstacle> obstacle = new ApplicationAccess(session).findCachedObstacle(user, client);
        obstacle.ifPresent(found -> event.detail(Details.REASON, found.key()).error(Errors.ACCESS_DENIED));
        return obstacle.isEmpty();
    }
}
