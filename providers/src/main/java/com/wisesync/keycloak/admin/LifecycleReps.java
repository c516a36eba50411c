package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.lifecycle.StoredEvent;
import java.util.List;

/** Lists of lifecycle events in the API. */
final class LifecycleReps {

    private LifecycleReps() {}

    /**
     * A page of lifecycle events.
     *
     * @param total at most 10,000; more are not counted
     * @param clients the client ids of all applications that receive lifecycle events
     */
    record LifecyclePageRep(long total, List<String> clients, List<StoredEvent> events) {}
}
