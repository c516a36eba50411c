package com.wisesync.keycloak.profile;

import org.keycloak.models.UserModel;

/** The users that Keycloak keeps for clients. They are nobody, so no rule about people holds for them. */
final class ServiceAccountProfile {

    private ServiceAccountProfile() {}

    static boolean is(UserModel user) {
        return user != null && user.getServiceAccountClientLink() != null;
    }
}
