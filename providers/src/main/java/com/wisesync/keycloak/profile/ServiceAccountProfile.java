package com.wisesync.keycloak.profile;

import org.keycloak.models.UserModel;

/** Recognizes the users that Keycloak keeps for clients; the rules about users do not apply to them. */
final class ServiceAccountProfile {

    private ServiceAccountProfile() {}

    static boolean is(UserModel user) {
        return user != null && user.getServiceAccountClientLink() != null;
    }
}
