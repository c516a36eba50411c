package com.wisesync.keycloak.outbox;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes the handlers of entries known to Keycloak. */
public final class EntryHandlerSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "wise-sync-outbox-handler";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return EntryHandler.class;
    }

    // Raw, because the interface is.
    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return EntryHandlerFactory.class;
    }
}
