package com.wisesync.keycloak.outbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.KeycloakSessionFactory;

/** One {@link Drainer} for each kind of entry, so that a dead receiver of one holds up no other. */
final class Deliveries {

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

    /** All at once: together they take no longer than the slowest. */
    void stop() {
        List<Drainer> running = List.copyOf(drainers.values());
        running.forEach(Drainer::refuseMore);
        running.forEach(Drainer::stop);
        drainers.clear();
    }
}
