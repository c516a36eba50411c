package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Reconciles at the start and then at an interval, each time on one node. Every node tries; the one that first leaves a mark in
 * the cluster's cache, which expires with the interval, does it. A lock, as in Keycloak's ClusterAwareScheduledTaskRunner
 * (26.7.4), prevents a slow run and the next one from overlapping. It expires soon after the longest run, because between sites
 * it is not removed when its node dies.
 */
final class ReconciliationSchedule {

    private static final Logger LOG = Logger.getLogger(ReconciliationSchedule.class);
    private static final Duration LOCK_TIMEOUT = ActiveLinks.MAX_DURATION.plusMinutes(15);
    private static final String MARK_PREFIX = "wise-sync-reconciliation-";

    private final KeycloakSessionFactory factory;
    private final Reconciliation reconciliation;
    private final Duration interval;
    private final ScheduledExecutorService thread;

    ReconciliationSchedule(KeycloakSessionFactory factory, WisePay wisePay) {
        this.factory = factory;
        this.reconciliation = new Reconciliation(factory, wisePay);
        this.interval = wisePay.config().reconcileEvery();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "wise-sync-reconciliation");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A run logs its own errors: an exception would be kept in the future and end the schedule. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        thread.scheduleAtFixedRate(this::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdownNow();
    }

    private void run() {
        try {
            optedIn().forEach(this::lockAndReconcile);
        } catch (Throwable e) {
            LOG.errorf(e, "Users can't be reconciled with Wise-Pay's links now");
        }
    }

    private void lockAndReconcile(String realmId) {
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ClusterProvider.class)
                    .executeIfNotExecuted(MARK_PREFIX + realmId, (int) LOCK_TIMEOUT.toSeconds(), () -> {
                        reconcile(realmId);
                        return null;
                    });
        } catch (RuntimeException e) {
            // The other realms are still reconciled.
            LOG.errorf(e, "Realm '%s' can't be reconciled with Wise-Pay's links now", realmId);
        }
    }

    private void reconcile(String realmId) {
        try {
            if (isDue(realmId)) {
                reconciliation.run(realmId);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> optedIn() {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> session.realms()
                        .getRealmsStream()
                        .filter(OptIn::isActive)
                        .map(RealmModel::getId)
                        .toList());
    }

    /** Leaves a mark that expires a little before the interval ends, so that it does not stop its own node. */
    private boolean isDue(String realmId) {
        long seconds = Math.max(1, interval.toSeconds() * 9 / 10);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> session.singleUseObjects().putIfAbsent(MARK_PREFIX + realmId, seconds));
    }
}
