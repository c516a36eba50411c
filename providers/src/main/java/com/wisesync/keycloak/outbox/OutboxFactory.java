package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.Versioned;
import jakarta.persistence.EntityManager;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.outbox.OutboxStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;

/** Starts the drainers with the server, and stops them before the database pool is closed. */
public final class OutboxFactory implements ProviderFactory<Outbox>, Versioned {

    private final Drainers drainers = new Drainers();

    @Override
    public String getId() {
        return "default";
    }

    @Override
    public Outbox create(KeycloakSession session) {
        return create(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** For callers that have only Hibernate's session, as its event listeners do. */
    public Outbox create(EntityManager em) {
        return new Outbox(em, drainers);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(this::on);
    }

    /** Factories are closed in this order, so the drainers end before the connections do (DefaultKeycloakSessionFactory). */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public void close() {
        drainers.stop();
    }

    private void on(ProviderEvent event) {
        if (event instanceof PostMigrationEvent started) {
            KeycloakModelUtils.runJobInTransaction(started.getFactory(), SupportedDatabase::require);
            if (ServerMode.isServing()) {
                drainers.start(started.getFactory());
            }
        } else if (event instanceof RealmRemovedEvent removed) {
            // OUTBOX_ENTRY has no foreign key to the realm.
            OutboxStore store = new OutboxStore(removed.getKeycloakSession());
            drainers.kinds()
                    .forEach(
                            kind -> store.deleteByRealm(kind, removed.getRealm().getId()));
        }
    }
}
