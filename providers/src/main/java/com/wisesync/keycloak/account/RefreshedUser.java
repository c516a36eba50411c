package com.wisesync.keycloak.account;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.entities.UserEntity;

/** Reads a user again after the account was locked ({@link Accounts#lockForUserChange}). */
public final class RefreshedUser {

    private RefreshedUser() {}

    /**
     * The model through which to change the user, refreshed from the database. The model that authorized the request came
     * from a cache or was read before the lock was held, and Hibernate would write back what has changed since.
     *
     * @param session with the realm in its context
     * @return empty if the user no longer exists, or is in no table of Keycloak's
     */
    public static Optional<UserModel> find(KeycloakSession session, String userId) {
        RealmModel realm = session.getContext().getRealm();
        UserModel cached = session.users().getUserById(realm, userId);
        if (cached == null) {
            return Optional.empty();
        }
        Optional.ofNullable(session.getProvider(UserCache.class)).ifPresent(cache -> cache.evict(realm, cached));
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        UserEntity row = em.find(UserEntity.class, userId);
        if (row == null) {
            return Optional.empty();
        }
        em.refresh(row);
        return Optional.ofNullable(session.users().getUserById(realm, userId));
    }
}
