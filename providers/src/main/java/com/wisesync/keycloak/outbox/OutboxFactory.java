package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.Versioned;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.outbox.OutboxStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;

/** Starts the deliveries with the server, and ends them before its database pool goes. */
public final class OutboxFactory implements ProviderFactory<Outbox>, Versioned {

    private final Deliveries deliveries = new Deliveries();

    @Override
    public String getId() {
        return "default";
    }

    @Override
    public Outbox create(KeycloakSession session) {
        return in(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** For who has Hibernate's session only, as its event listeners do. */
    public Outbox in(EntityManager em) {
        return new Outbox(em, deliveries);
    }

    /** How many entries of each kind there are, as counted last. */
    Map<String, Stock.Counts> counts() {
        return deliveries.counts();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(this::on);
    }

    /** Factories are closed in the order of this: we have ended before connections do (DefaultKeycloakSessionFactory). */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public void close() {
        deliveries.stop();
    }

    private void on(ProviderEvent event) {
        if (event instanceof PostMigrationEvent started) {
            deliveries.start(started.getFactory());
        } else if (event instanceof RealmRemovedEvent removed) {
            // OUTBOX_ENTRY has no foreign key to the realm.
            OutboxStore store = new OutboxStore(removed.getKeycloakSession());
            deliveries
                    .kinds()
                    .forEach(
                            kind -> store.deleteByRealm(kind, removed.getRealm().getId()));
        }
    }
}
