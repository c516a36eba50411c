package com.wisesync.keycloak.sessions;

import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * A session that ends, as a whole or for one client.
 *
 * @param client the internal id of the client; null for the whole session
 */
record EndedSession(String id, boolean offline, String client) {

    static EndedSession of(UserSessionModel userSession) {
        return new EndedSession(userSession.getId(), userSession.isOffline(), null);
    }

    static EndedSession of(AuthenticatedClientSessionModel clientSession) {
        return new EndedSession(
                clientSession.getUserSession().getId(),
                clientSession.getUserSession().isOffline(),
                clientSession.getClient().getId());
    }

    /** Does nothing if it was removed before. */
    void remove(KeycloakSession session, RealmModel realm) {
        UserSessionModel userSession = offline
                ? session.sessions().getOfflineUserSession(realm, id)
                : session.sessions().getUserSession(realm, id);
        if (userSession == null) {
            return;
        }
        if (client != null) {
            AuthenticatedClientSessionModel clientSession = userSession.getAuthenticatedClientSessionByClient(client);
            if (clientSession != null) {
                clientSession.detachFromUserSession();
            }
            if (!userSession.getAuthenticatedClientSessions().isEmpty()) {
                return;
            }
        }
        removeWhole(session, realm, userSession);
    }

    private void removeWhole(KeycloakSession session, RealmModel realm, UserSessionModel userSession) {
        if (offline) {
            session.sessions().removeOfflineUserSession(realm, userSession);
            return;
        }
        session.sessions().removeUserSession(realm, userSession);
        // As Keycloak's own logout does: the browser's next login starts with a new session id
        // (AuthenticationManager, 26.7.4).
        RootAuthenticationSessionModel login = session.authenticationSessions().getRootAuthenticationSession(realm, id);
        if (login != null) {
            session.authenticationSessions().removeRootAuthenticationSession(realm, login);
        }
    }
}
