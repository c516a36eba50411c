package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/** One {@link Drainer} for each kind of entry, so that a dead receiver of one holds up no other. */
final class Deliveries {

    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Map<String, Drainer> drainers = new ConcurrentHashMap<>();

    void start(KeycloakSessionFactory factory) {
        factory.getProviderFactoriesStream(EntryHandler.class)
                .map(EntryHandlerFactory.class::cast)
                .forEach(handlers -> drainers.computeIfAbsent(
                        handlers.getId(), kind -> new Drainer(handlers, new Leases(factory, handlers), factory)));
        drainers.values().forEach(Drainer::start);
    }

    Set<String> kinds() {
        return drainers.keySet();
    }

    /** How many entries of each kind there are, as counted last. */
    Map<String, Stock.Counts> counts() {
        Map<String, Stock.Counts> counts = new TreeMap<>();
        drainers.forEach((kind, drainer) -> counts.put(kind, drainer.counts()));
        return counts;
    }

    void wake(String kind) {
        Drainer drainer = drainers.get(kind);
        if (drainer != null) {
            drainer.wake();
        }
    }

    /** A receiver that answers is waited for a moment; one that hangs is left, and hears of it again after the next start. */
    void stop() {
        List<Drainer> running = List.copyOf(drainers.values());
        running.forEach(Drainer::refuseMore);
        // For all of them together: when the network hangs, all do.
        Instant soft = Instant.now().plus(GRACE);
        running.forEach(drainer -> drainer.endsBy(soft));
        running.forEach(Drainer::interrupt);
        Instant hard = Instant.now().plus(GRACE);
        if (!running.stream().allMatch(drainer -> drainer.endsBy(hard))) {
            LOG.warn("A receiver does not let go; what was being sent is sent again after the next start");
        }
        drainers.clear();
    }
}
