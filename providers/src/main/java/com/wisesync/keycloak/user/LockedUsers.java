package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.RefreshedUser;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Locks accounts and reads their users as committed in the database. Concurrent changes to the users of one account run one
 * after the other, and each checks the state that the previous one committed.
 */
final class LockedUsers {

    private final KeycloakSession session;
    private final Accounts accounts;
    private final AccountUsers users;

    LockedUsers(KeycloakSession session, Accounts accounts, AccountUsers users) {
        this.session = session;
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
     * The model through which to change the user, refreshed from the database.
     *
     * @throws Refusal if the user no longer exists
     */
    UserModel lockedModel(String userId) {
        return RefreshedUser.find(session, userId).orElseThrow(Refusal::notFound);
    }
}
