package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxFactory;
import java.util.List;
import java.util.Set;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderEvent;

/** The listener by which a realm opts in; begins to notice when the server is up. */
public final class WiseSyncListenerFactory implements EventListenerProviderFactory, Versioned {

    private static final Logger LOG = Logger.getLogger(WiseSyncListenerFactory.class);

    private WisePay wisePay;
    private Noticing noticing;
    private ComparisonSchedule comparisons;

    @Override
    public String getId() {
        return OptIn.LISTENER;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new WiseSyncListener(session, noticing);
    }

    @Override
    public void init(Config.Scope config) {
        wisePay = new WisePay(WisePayConfig.of(config));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        noticing = new Noticing((OutboxFactory) factory.getProviderFactory(Outbox.class));
        factory.register(new Departures(noticing));
        factory.register(this::on);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return WisePayConfigProperties.list();
    }

    /** Closed in this order: nothing of ours asks the database any more when its connections go. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public void close() {
        if (comparisons != null) {
            comparisons.stop();
        }
    }

    WisePay wisePay() {
        return wisePay;
    }

    private void on(ProviderEvent event) {
        if (event instanceof PostMigrationEvent started) {
            KeycloakModelUtils.runJobInTransaction(
                    started.getFactory(),
                    session -> new Switches(noticing)
                            .listenTo(Noticing.entities(session)
                                    .getEntityManagerFactory()
                                    .unwrap(SessionFactoryImplementor.class)));
            if (wisePay.configured()) {
                comparisons = new ComparisonSchedule(started.getFactory(), wisePay);
                comparisons.start();
            } else {
                LOG.warnf(
                        "Wise-Pay hears of nobody: spi-events-listener--%s--%s is not set, and entries wait in the outbox",
                        OptIn.LISTENER, WisePayConfigProperties.URL);
            }
        }
    }
}
