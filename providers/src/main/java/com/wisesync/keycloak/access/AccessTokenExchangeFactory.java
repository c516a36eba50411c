package com.wisesync.keycloak.access;

import com.wisesync.keycloak.Versioned;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.tokenexchange.StandardTokenExchangeProviderFactory;

/** Replaces Keycloak's standard token exchange: same id, higher order (ProviderManager, 26.7.4). */
public final class AccessTokenExchangeFactory extends StandardTokenExchangeProviderFactory implements Versioned {

    @Override
    public TokenExchangeProvider create(KeycloakSession session) {
        return new AccessTokenExchange();
    }

    @Override
    public int order() {
        return super.order() + 1;
    }
}
