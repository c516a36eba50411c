package com.wisesync.keycloak;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks one subject of the setup: a setting, a flow, a Vault entry, or another system that the extension needs. */
public interface SetupCheck {

    /**
     * Checks what can be read in the transaction of the session. Opens no connection to another system.
     *
     * @param session has the realm in its context
     */
    Stream<SetupFinding> findings(KeycloakSession session, RealmModel realm);

    /**
     * Prepares the checks of other systems. They run later, without a session and outside any transaction.
     *
     * @param session has the realm in its context
     * @return checks that end within 10 seconds each
     */
    default List<Probe> probes(KeycloakSession session, RealmModel realm) {
        return List.of();
    }

    /**
     * A check of another system.
     *
     * @param key key of its finding
     * @param check connects to the system; an exception counts as not reachable
     */
    record Probe(String key, Callable<SetupFinding> check) {}
}
