package com.wisesync.keycloak.access;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProvider;

/** Introspection of refresh and offline tokens, with the same additional check as {@link AccessTokenIntrospection}. */
final class RefreshTokenIntrospection extends RefreshTokenIntrospectionProvider {

    RefreshTokenIntrospection(KeycloakSession session) {
        super(session);
    }

    @Override
    protected boolean introspectionChecks(String tokenStr) {
        boolean active = super.introspectionChecks(tokenStr)
                && AccessTokenIntrospection.hasAccess(session, user, client, eventBuilder);
        if (!active) {
            transformedToken = null;
        }
        return active;
    }
}
