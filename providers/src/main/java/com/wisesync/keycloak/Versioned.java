package com.wisesync.keycloak;

import java.util.Map;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** A factory that reports the version of this extension in the console's server info. */
public interface Versioned extends ServerInfoAwareProviderFactory {

    /** The version from the jar's manifest; {@code development} when run from classes. */
    @Override
    default Map<String, String> getOperationalInfo() {
        String version = Versioned.class.getPackage().getImplementationVersion();
        return Map.of("version", version == null ? "development" : version);
    }
}
