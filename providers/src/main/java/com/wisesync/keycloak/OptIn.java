package com.wisesync.keycloak;

import org.keycloak.models.RealmModel;

/**
 * Whether the extension is active in a realm. It is active only in realms that list the event listener {@value #LISTENER};
 * other realms of the server, including the master realm, behave as if it were not installed.
 */
public final class OptIn {

    /** The id of the event listener. */
    public static final String LISTENER = "wise-sync";

    private OptIn() {}

    /** Whether the extension is active in this realm. */
    public static boolean isActive(RealmModel realm) {
        return realm.getEventsListenersStream().anyMatch(LISTENER::equals);
    }
}
