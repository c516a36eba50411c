package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the links that are stored with held entries with the active ones: staff decide about the links that they see, and
 * releasing an entry deactivates all that are active then.
 */
final class HeldLinks {

    private final List<StoredEntry> held;
    private final Map<String, List<Link>> active = new HashMap<>();

    /** @param held the held entries of the realm */
    HeldLinks(List<StoredEntry> held) {
        this.held = held;
        held.forEach(entry -> active.put(user(entry), new ArrayList<>()));
    }

    /** Reads a page of active links. */
    void read(List<Link> page) {
        page.stream()
                .filter(link -> active.containsKey(link.user()))
                .forEach(link -> active.get(link.user()).add(link));
    }

    /** The new notes of the entries whose links have changed, by id. Call it after the last page. */
    Map<String, String> changedNotes() {
        Map<String, String> changed = new LinkedHashMap<>();
        for (StoredEntry entry : held) {
            String note = LinksJson.note(active.get(user(entry)));
            if (!note.equals(entry.note())) {
                changed.put(entry.entry().id(), note);
            }
        }
        return changed;
    }

    private static String user(StoredEntry entry) {
        return Deactivation.parse(entry.entry().payload()).user().id();
    }
}
