package com.wisesync.keycloak.sessions;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The changes of one transaction after which sessions end.
 *
 * @param created the ids of new users, who have no sessions
 * @param users by id, whether users were enabled (true) or disabled
 * @param accounts by id, the same for accounts
 * @param passwords by user id, whether a new password replaced another one
 * @param kept by user id, the session in which users changed their own password
 * @param unassigned the ids of users who lost a company
 */
record SessionChanges(
        Set<String> created,
        Map<String, Boolean> users,
        Map<String, Boolean> accounts,
        Map<String, Boolean> passwords,
        Map<String, String> kept,
        Set<String> unassigned) {

    SessionChanges() {
        this(
                new HashSet<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new HashMap<>(),
                new LinkedHashSet<>());
    }

    /** Whether no sessions end. */
    boolean isEmpty() {
        return users.isEmpty() && accounts.isEmpty() && passwords.isEmpty() && unassigned.isEmpty();
    }
}
