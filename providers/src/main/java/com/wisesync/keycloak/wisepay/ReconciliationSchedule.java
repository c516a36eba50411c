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
 * Compares at the start and then at an interval, each time on one node. Every node asks; who first leaves a mark in the cluster's cache,
 * which ends with the interval, goes. A comparison that takes longer than that is guarded by a lock as well, as Keycloak's
 * ClusterAwareScheduledTaskRunner has it (26.7.4): it goes with the node that holds it, and keeps runs from overlapping, but no interval.
 */
final class ReconciliationSchedule {

    private static final Logger LOG = Logger.getLogger(ReconciliationSchedule.class);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String MARK = "wise-sync-comparison-";

    private final KeycloakSessionFactory factory;
    private final Reconciliation comparison;
    private final Duration interval;
    private final ScheduledExecutorService thread;

    ReconciliationSchedule(KeycloakSessionFactory factory, WisePay wisePay) {
        this.factory = factory;
        this.comparison = new Reconciliation(factory, wisePay);
        this.interval = wisePay.config().compareEvery();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "wise-sync-comparison");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What goes wrong, the run itself says: whatever it threw would be kept in here, and the schedule would end with it. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        thread.scheduleAtFixedRate(this::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdownNow();
    }

    private void run() {
        try {
            for (String realmId : optedIn()) {
                alone(realmId);
            }
        } catch (Throwable e) {
            LOG.errorf(e, "Users can't be compared with Wise-Pay's links now");
        }
    }

    private void alone(String realmId) {
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ClusterProvider.class)
                    .executeIfNotExecuted(MARK + realmId, (int) LONGEST.toSeconds(), () -> {
                        compare(realmId);
                        return null;
                    });
        }
    }

    private void compare(String realmId) {
        try {
            if (ours(realmId)) {
                comparison.of(realmId);
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

    /** A little less than the interval, so that the mark is gone when its own node comes round again. */
    private boolean ours(String realmId) {
        long seconds = Math.max(1, interval.toSeconds() * 9 / 10);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory, session -> session.singleUseObjects().putIfAbsent(MARK + realmId, seconds));
    }
}
