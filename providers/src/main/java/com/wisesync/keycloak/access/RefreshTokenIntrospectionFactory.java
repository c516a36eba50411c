package com.wisesync.keycloak.access;

import com.wisesync.keycloak.Versioned;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Replaces Keycloak's introspection of refresh tokens: same id, higher order (ProviderManager, 26.7.4). */
public final class RefreshTokenIntrospectionFactory extends RefreshTokenIntrospectionProviderFactory
        implements Versioned {

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new RefreshTokenIntrospection(session);
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
