package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import com.wisesync.keycloak.outbox.ServerMode;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;

/** Delivers deactivations, if Wise-Pay's address is configured, and starts reconciling. */
public final class DeactivationHandlerFactory implements EntryHandlerFactory {

    static final String KIND = "wise-pay";

    private static final Logger LOG = Logger.getLogger(DeactivationHandlerFactory.class);
    private static final String LISTENER_SPI = "eventsListener";

    private WisePay wisePay;
    private ReconciliationSchedule reconciliation;

    @Override
    public String getId() {
        return KIND;
    }

    @Override
    public EntryHandler create(KeycloakSession session) {
        return new DeactivationHandler(session, wisePay);
    }

    @Override
    public int parallel() {
        return wisePay.config().parallel();
    }

    @Override
    public int freeSlots() {
        return wisePay.configured() ? wisePay.circuit().freeSlots(parallel()) : 0;
    }

    @Override
    public Duration longestSend() {
        return WisePayApi.TIMEOUT.plusSeconds(3);
    }

    /** A year: questions about a user's links can come up that late. It is also evidence that the user existed. */
    @Override
    public Duration keepEnded() {
        return Duration.ofDays(365);
    }

    @Override
    public boolean staffHandleFailed() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {
        // Operators set these options at the event listener, by which a realm opts in.
        wisePay = new WisePay(WisePayConfig.of(Config.scope(LISTENER_SPI, OptIn.LISTENER)));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent started) {
                startReconciling(started.getFactory());
            }
        });
    }

    /** Factories are closed in this order: reconciling ends before the connections do. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(JpaConnectionProvider.class);
    }

    @Override
    public void close() {
        if (reconciliation != null) {
            reconciliation.stop();
        }
    }

    WisePay wisePay() {
        return wisePay;
    }

    private void startReconciling(KeycloakSessionFactory factory) {
        if (!ServerMode.isServing()) {
            return;
        }
        if (wisePay.configured()) {
            reconciliation = new ReconciliationSchedule(factory, wisePay);
            reconciliation.start();
        } else {
            LOG.warnf(
                    "Wise-Pay is not notified: spi-events-listener--%s--%s is not set, and entries wait in the outbox",
                    OptIn.LISTENER, WisePayConfigProperties.URL);
        }
    }
}
