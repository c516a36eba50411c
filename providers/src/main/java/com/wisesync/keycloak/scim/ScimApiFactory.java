package com.wisesync.keycloak.scim;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves SCIM under {@code /realms/{realm}/wise-sync/scim/v2/{account}}. */
public final class ScimApiFactory implements RealmResourceProviderFactory, Versioned {

    static final String ID = "wise-sync";

    private static final String PER_MINUTE = "scim-requests-per-minute";
    private static final int DEFAULT_PER_MINUTE = 6_000;

    private RequestLimit limit = new RequestLimit(DEFAULT_PER_MINUTE);

    @Override
    public String getId() {
        return ID;
    }

    /** Null is answered 404, like an extension that does not exist. */
    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {

            @Override
            public Object getResource() {
                return OptIn.isActive(session.getContext().getRealm()) ? new ScimRoot(session, limit) : null;
            }

            @Override
            public void close() {}
        };
    }

    /** @throws IllegalArgumentException if the option is out of bounds, which stops the server's start */
    @Override
    public void init(Config.Scope config) {
        limit = new RequestLimit(perMinute(config));
    }

    static int perMinute(Config.Scope config) {
        int perMinute = config.getInt(PER_MINUTE, DEFAULT_PER_MINUTE);
        if (perMinute < 1) {
            throw new IllegalArgumentException(
                    "The option spi-realm-restapi-extension--%s--%s must be 1 or more".formatted(ID, PER_MINUTE));
        }
        return perMinute;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(PER_MINUTE)
                .label("SCIM requests per minute")
                .helpText("How many SCIM requests per minute one account may send to one node. Further requests are"
                        + " answered 429 with Retry-After.")
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_PER_MINUTE)
                .add()
                .build();
    }

    @Override
    public void close() {}
}
