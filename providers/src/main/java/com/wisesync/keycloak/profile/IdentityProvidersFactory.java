package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.Versioned;
import java.lang.reflect.Proxy;
import org.keycloak.Config;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.IdentityProviderStorageProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Keycloak's storage of identity providers behind the {@link MapperGuard}. The default provider of its SPI by a higher order
 * than Keycloak's cache of the same SPI, to which every call goes (ProviderManager, 26.7).
 */
public final class IdentityProvidersFactory
        implements IdentityProviderStorageProviderFactory<IdentityProviderStorageProvider>, Versioned {

    private static final String CACHE = "infinispan";

    @Override
    public IdentityProviderStorageProvider create(KeycloakSession session) {
        IdentityProviderStorageProvider cache = session.getProvider(IdentityProviderStorageProvider.class, CACHE);
        return (IdentityProviderStorageProvider) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {IdentityProviderStorageProvider.class},
                new MapperGuard(session, cache));
    }

    @Override
    public String getId() {
        return "wise-sync";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to configure.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing to wire.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
