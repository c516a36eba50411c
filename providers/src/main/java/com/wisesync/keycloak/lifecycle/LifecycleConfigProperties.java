package com.wisesync.keycloak.lifecycle;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The options of {@code spi-events-listener--wise-sync--...} about lifecycle events. */
public final class LifecycleConfigProperties {

    static final String ALLOW_HTTP = "lifecycle-allow-http";

    private LifecycleConfigProperties() {}

    /** As Keycloak lists them in its server info. */
    public static List<ProviderConfigProperty> list() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(ALLOW_HTTP)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .helpText("Whether lifecycle events may be sent to http addresses, unencrypted. For demos only.")
                .add()
                .build();
    }
}
