package com.wisesync.keycloak.events;

import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.sessions.Sessions;
import org.keycloak.models.KeycloakSession;

/**
 * Checks the users of all accounts after a change of roles or groups, through which any of them may gain or lose access: ends
 * sessions of applications that they may not enter any more, and notifies applications. Which users hold a role through others
 * is not searched in the request: they are checked in pages after the commit.
 */
final class AccessOfAll {

    private static final String CHECKED = "wise-sync.access-of-all-checked";

    private AccessOfAll() {}

    /** Does nothing when it is called again in the same request; a partial import may replace many roles. */
    static void check(KeycloakSession session, LifecycleDetection lifecycle) {
        if (session.getAttribute(CHECKED) == null) {
            session.setAttribute(CHECKED, true);
            new Sessions(session).checkAccounts();
            lifecycle.accessOfAll(session);
        }
    }
}
