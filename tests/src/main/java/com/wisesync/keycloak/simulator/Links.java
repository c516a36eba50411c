package com.wisesync.keycloak.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The links and deactivations of the simulator. An inactive link is never activated again. */
final class Links {

    private final SortedMap<String, Link> links = new TreeMap<>();
    private final Map<String, Deactivation> deactivations = new LinkedHashMap<>();

    synchronized void add(Link link) {
        links.putIfAbsent(link.id(), link);
    }

    synchronized List<Link> all() {
        return List.copyOf(links.values());
    }

    synchronized List<Link> findByUser(String user) {
        return links.values().stream().filter(link -> link.user().equals(user)).toList();
    }

    synchronized List<Link> active(int first, int max) {
        return links.values().stream()
                .filter(Link::active)
                .skip(first)
                .limit(max)
                .toList();
    }

    synchronized List<Deactivation> deactivations() {
        return List.copyOf(deactivations.values());
    }

    /** Idempotent per id. Empty if the user is unknown. */
    synchronized Optional<Deactivation> deactivate(String id, JsonNode body) {
        Deactivation before = deactivations.get(id);
        Deactivation now = before != null ? before.again() : new Deactivation(id, body, switchOff(body), 1);
        deactivations.put(id, now);
        return findByUser(now.user()).isEmpty() ? Optional.empty() : Optional.of(now);
    }

    private List<Link> switchOff(JsonNode body) {
        List<Link> changed = new ArrayList<>();
        for (Link link : findByUser(body.at("/user/id").asText())) {
            if (link.active()) {
                links.put(link.id(), link.deactivated());
                changed.add(link.deactivated());
            }
        }
        return List.copyOf(changed);
    }
}
