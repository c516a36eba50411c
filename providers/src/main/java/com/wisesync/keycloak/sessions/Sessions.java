package com.wisesync.keycloak.sessions;

import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserSessionManager;

/** Ends all sessions of a user. */
public final class Sessions {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    public Sessions(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /**
     * Ends online and offline sessions, revokes every token issued so far, and sends a back-channel logout to the applications.
     */
    public void end(UserModel user) {
        session.users()
                .setNotBeforeForUser(realm, user, Math.toIntExact(Instant.now().getEpochSecond()));
        List<UserSessionModel> online =
                session.sessions().getUserSessionsStream(realm, user).toList();
        online.forEach(userSession -> AuthenticationManager.backchannelLogout(
                session,
                realm,
                userSession,
                session.getContext().getUri(),
                session.getContext().getConnection(),
                session.getContext().getHttpRequest().getHttpHeaders(),
                true));
        UserSessionManager manager = new UserSessionManager(session);
        List<UserSessionModel> offline =
                session.sessions().getOfflineUserSessionsStream(realm, user).toList();
        offline.forEach(manager::revokeOfflineUserSession);
    }
}
