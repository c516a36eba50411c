package com.wisesync.keycloak;

import java.util.Map;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** A factory that tells the console's server info which build of ours is running. */
public interface Versioned extends ServerInfoAwareProviderFactory {

    @Override
    default Map<String, String> getOperationalInfo() {
        String version = Versioned.class.getPackage().getImplementationVersion();
        return Map.of("version", version == null ? "development" : version);
    }
}
