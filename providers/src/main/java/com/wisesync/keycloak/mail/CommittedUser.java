package com.wisesync.keycloak.mail;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.storage.StorageId;

/**
 * Reads users from the database instead of Keycloak's cache, which is invalidated only after the commit that also wakes the sending
 * of emails, and on other nodes later still. Falls back to user storage providers.
 */
final class CommittedUser {

    private CommittedUser() {}

    /** @return the user, or null if there is no such user */
    static UserModel find(KeycloakSession session, RealmModel realm, String userId) {
        UserModel stored = session.getProvider(UserProvider.class).getUserById(realm, userId);
        return stored != null ? stored : session.users().getUserById(realm, userId);
    }

    /** The user's "not before", in seconds since the epoch. */
    static int notBefore(KeycloakSession session, RealmModel realm, UserModel user) {
        UserProvider users =
                StorageId.isLocalStorage(user.getId()) ? session.getProvider(UserProvider.class) : session.users();
        return users.getNotBeforeOfUser(realm, user);
    }
}
