package com.wisesync.keycloak.sessions;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The changes of one transaction after which sessions end.
 *
 * @param users by id, whether users were enabled (true) or disabled
 * @param accounts by id, the same for accounts
 * @param passwords by user id, whether a new password replaced another one
 * @param kept by user id, the session in which users changed their own password
 */
record SessionChanges(
        Map<String, Boolean> users,
        Map<String, Boolean> accounts,
        Map<String, Boolean> passwords,
        Map<String, String> kept) {

    SessionChanges() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new HashMap<>());
    }
}
