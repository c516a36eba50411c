package com.wisesync.keycloak;

import org.keycloak.models.RealmModel;

/**
 * Whether a realm wants anything of ours. It says so by naming our event listener, {@value #LISTENER}; in every other
 * realm of the server, the master realm included, nothing of ours acts.
 */
public final class OptIn {

    /** The id of our event listener. */
    public static final String LISTENER = "wise-sync";

    private OptIn() {}

    public static boolean of(RealmModel realm) {
        return realm.getEventsListenersStream().anyMatch(LISTENER::equals);
    }
}
