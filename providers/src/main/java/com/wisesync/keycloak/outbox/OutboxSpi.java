package com.wisesync.keycloak.outbox;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes our {@link Outbox} known to Keycloak. */
public final class OutboxSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "wise-sync-outbox";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Outbox.class;
    }

    // Raw, because the interface is.
    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return OutboxFactory.class;
    }
}
