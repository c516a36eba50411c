package com.wisesync.keycloak.mail;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** The login of another user in the browser that opens a link. */
final class OtherLogin {

    private final KeycloakSession session;
    private final RealmModel realm;

    OtherLogin(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    Optional<UserModel> otherThan(String userId) {
        return current(userId).map(UserSessionModel::getUser);
    }

    /** Logs the other user out of this browser, and of its applications after the commit. */
    void end(String userId) {
        current(userId).ifPresent(other -> new LogoutEvent.OtherUser(session, other).publish());
    }

    private Optional<UserSessionModel> current(String userId) {
        return Optional.ofNullable(AuthenticationManager.authenticateIdentityCookie(session, realm, true))
                .map(AuthenticationManager.AuthResult::session)
                .filter(found -> !found.getUser().getId().equals(userId));
    }
}
