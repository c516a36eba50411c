package com.wisesync.keycloak.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The users that an application knows from lifecycle events. Applies each event once. */
final class KnownUsers {

    /**
     * A user of an application.
     *
     * @param event the last event about the user
     */
    record KnownUser(String application, JsonNode event) {

        String text(String pointer) {
            return event.at(pointer).asText();
        }
    }

    private final Map<String, KnownUser> users = new TreeMap<>();

    /** Applies an event. A repeated one has the same effect again. */
    synchronized void apply(String application, JsonNode event) {
        String key = application + " " + event.at("/user/id").asText();
        if (event.path("type").asText().equals("user.deleted")) {
            users.remove(key);
        } else {
            users.put(key, new KnownUser(application, event));
        }
    }

    synchronized Collection<KnownUser> all() {
        return List.copyOf(users.values());
    }
}
