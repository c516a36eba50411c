package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import com.wisesync.keycloak.outbox.ServerMode;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Registers the API under {@code /admin/realms/{realm}/wise-sync}. Keycloak checks only the token before it calls the API,
 * and requires no admin role (RealmAdminResource.extension, 26.7).
 */
public final class AdminApiFactory implements AdminRealmResourceProviderFactory, AdminRealmResourceProvider, Versioned {

    public static final String ID = "wise-sync";

    private final SetupReport setup = new SetupReport();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    /** Null is answered 404, like an extension that does not exist. */
    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return OptIn.isActive(realm)
                ? new RootResource(new Request(session, realm, auth.adminAuth(), adminEvent), setup)
                : null;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            // Commands such as an export have no use for the report, and send nothing.
            if (event instanceof PostMigrationEvent started && ServerMode.isServing()) {
                setup.start(started.getFactory());
            }
        });
    }

    @Override
    public void close() {
        // Keycloak also closes the provider of each request, which is this object.
    }
}
