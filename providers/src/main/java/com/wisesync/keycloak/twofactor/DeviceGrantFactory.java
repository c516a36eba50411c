package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.Versioned;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantTypeFactory;

/** Replaces Keycloak's factory: same id and a higher order (ProviderManager, 26.7). */
public final class DeviceGrantFactory extends DeviceGrantTypeFactory implements Versioned {

    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        return new DeviceGrant();
    }

    @Override
    public int order() {
        return 1;
    }
}
