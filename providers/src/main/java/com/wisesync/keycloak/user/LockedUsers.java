package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import jakarta.persistence.EntityManager;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Locks accounts and reads their users as committed in the database. Concurrent changes to the users of one account run one
 * after the other, and each checks the state that the previous one committed.
 */
final class LockedUsers {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final Accounts accounts;
    private final AccountUsers users;

    LockedUsers(KeycloakSession session, EntityManager em, Accounts accounts, AccountUsers users) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = em;
        this.accounts = accounts;
        this.users = users;
    }

    /**
     * Locks the account until the end of the transaction.
     *
     * @return the account as committed in the database
     * @throws Refusal if the account no longer exists
     */
    Account lock(Account account) {
        return accounts.lockForUserChange(account).orElseThrow(Refusal::notFound);
    }

    /**
     * Reads a user of the account from the database.
     *
     * @throws Refusal if the account has no such user
     */
    AccountUser readCommitted(Account account, String userId) {
        return users.find(account, userId).orElseThrow(Refusal::notFound);
    }

    /**
     * The model through which to change the user, refreshed from the database. The model that authorized the request came
     * from a cache or was read before the lock was held, and Hibernate would write back what has changed since.
     *
     * @throws Refusal if the user no longer exists
     */
    UserModel lockedModel(String userId) {
        UserModel cached = session.users().getUserById(realm, userId);
        if (cached == null) {
            throw Refusal.notFound();
        }
        Optional.ofNullable(session.getProvider(UserCache.class)).ifPresent(cache -> cache.evict(realm, cached));
        UserEntity row = em.find(UserEntity.class, userId);
        if (row == null) {
            throw Refusal.notFound();
        }
        em.refresh(row);
        return Objects.requireNonNull(session.users().getUserById(realm, userId));
    }
}
