package com.wisesync.keycloak.access;

import com.wisesync.keycloak.Versioned;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Replaces Keycloak's introspection of access tokens: same id, higher order (ProviderManager, 26.7.4). */
public final class AccessTokenIntrospectionFactory extends AccessTokenIntrospectionProviderFactory
        implements Versioned {

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new AccessTokenIntrospection(session);
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
