package com.wisesync.keycloak.admin;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** Whose language an answer is in. */
final class CurrentUser {

    private CurrentUser() {}

    /** Null when it is not known. */
    static UserModel of(KeycloakSession session) {
        UserSessionModel userSession = session.getContext().getUserSession();
        return userSession == null ? null : userSession.getUser();
    }
}
