package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.RefreshedUser;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.StorageId;

/**
 * Reads users from the database instead of Keycloak's cache, which is invalidated only after the commit that also wakes the
 * sending of emails, and on other nodes later still. Falls back to user storage providers.
 */
final class CommittedUser {

    private CommittedUser() {}

    /** @return the user, or null if there is no such user */
    static UserModel find(KeycloakSession session, RealmModel realm, String userId) {
        UserModel stored = session.getProvider(UserProvider.class).getUserById(realm, userId);
        return stored != null ? stored : session.users().getUserById(realm, userId);
    }

    /**
     * Locks the user's account until the end of the transaction, as changes of its users do, and reads the user and the user's
     * credentials again.
     *
     * @param login for the error page
     * @throws ErrorPageException if the lock is not available within 30 seconds
     */
    static UserModel lock(KeycloakSession session, UserModel user, AuthenticationSessionModel login) {
        Accounts accounts = new Accounts(session);
        try {
            accounts.findByMember(user).ifPresent(accounts::lockForUserChange);
        } catch (Refusal busy) {
            throw new ErrorPageException(session, login, Response.Status.CONFLICT, busy.getMessage());
        }
        Optional<UserModel> refreshed = RefreshedUser.find(session, user.getId());
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Optional.ofNullable(em.find(UserEntity.class, user.getId()))
                .ifPresent(row -> row.getCredentials().forEach(em::refresh));
        return refreshed.orElse(user);
    }

    /** The user's "not before", in seconds since the epoch. */
    static int notBefore(KeycloakSession session, RealmModel realm, UserModel user) {
        UserProvider users =
                StorageId.isLocalStorage(user.getId()) ? session.getProvider(UserProvider.class) : session.users();
        return users.getNotBeforeOfUser(realm, user);
    }
}
