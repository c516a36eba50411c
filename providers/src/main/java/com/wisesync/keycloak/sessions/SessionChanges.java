package com.wisesync.keycloak.sessions;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The changes of one transaction after which sessions end.
 *
 * @param users the ids of disabled users
 * @param accounts the ids of disabled accounts
 * @param passwords by user id, whether a new password replaced another one
 * @param kept by user id, the session in which users changed their own password
 */
record SessionChanges(
        Set<String> users, Set<String> accounts, Map<String, Boolean> passwords, Map<String, String> kept) {

    SessionChanges() {
        this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>(), new HashMap<>());
    }
}
