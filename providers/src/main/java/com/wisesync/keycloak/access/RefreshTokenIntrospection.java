package com.wisesync.keycloak.access;

import com.wisesync.keycloak.OptIn;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProvider;

/** Introspection of refresh and offline tokens, with the same additional check as {@link AccessTokenIntrospection}. */
final class RefreshTokenIntrospection extends RefreshTokenIntrospectionProvider {

    RefreshTokenIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    protected boolean introspectionChecks(String tokenStr) {
        boolean active = super.introspectionChecks(tokenStr) && hasAccess();
        if (!active) {
            transformedToken = null;
        }
        return active;
    }

    private boolean hasAccess() {
        if (!OptIn.isActive(realm)) {
            return true;
        }
        Optional<Obstacle> obstacle = new ApplicationAccess(session).findCachedObstacle(user, client);
        obstacle.ifPresent(
                found -> eventBuilder.detail(Details.REASON, found.key()).error(Errors.ACCESS_DENIED));
        return obstacle.isEmpty();
    }
}
