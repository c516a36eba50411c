package com.wisesync.keycloak.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;

/** Runs one {@link Drainer} for each kind of entry, so that a receiver that is down delays no other kind. */
final class Drainers {

    private static final Logger LOG = Logger.getLogger(Drainers.class);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Map<String, Drainer> drainers = new ConcurrentHashMap<>();

    void start(KeycloakSessionFactory factory) {
        factory.getProviderFactoriesStream(EntryHandler.class)
                .map(EntryHandlerFactory.class::cast)
                .forEach(handlers -> drainers.computeIfAbsent(
                        handlers.getId(),
                        kind -> new Drainer(handlers, new Leases(factory, handlers), new Attempt(factory, handlers))));
        drainers.values().forEach(Drainer::start);
    }

    Set<String> kinds() {
        return drainers.keySet();
    }

    void wake(String kind) {
        Drainer drainer = drainers.get(kind);
        if (drainer != null) {
            drainer.wake();
        }
    }

    /**
     * Waits a moment for receivers that answer. An entry that a receiver has not answered by then is sent again after the next
     * start.
     */
    void stop() {
        List<Drainer> running = List.copyOf(drainers.values());
        running.forEach(Drainer::stopLeasing);
        // One deadline for all: when the network hangs, all of them do.
        Instant soft = Instant.now().plus(GRACE);
        running.forEach(drainer -> drainer.awaitEnd(soft));
        running.forEach(Drainer::interruptSenders);
        Instant hard = Instant.now().plus(GRACE);
        if (!running.stream().allMatch(drainer -> drainer.awaitEnd(hard))) {
            LOG.warn("A receiver does not answer; what was being sent is sent again after the next start");
        }
        drainers.clear();
    }
}
