package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.TwoFactorMode;
import com.wisesync.keycloak.role.Rank;
import com.wisesync.keycloak.role.Role;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Who is asked for a second factor: everybody, but for who is plainly a user of an account that leaves it to them, and has
 * enrolled nothing. No account, no role, or any right to administer: asked.
 */
final class Policy {

    private final KeycloakSession session;
    private final RealmModel realm;

    Policy(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    boolean asks(UserModel user) {
        return OptIn.isActive(realm) && (Devices.enrolledBy(user) || !optionalFor(user));
    }

    private boolean optionalFor(UserModel user) {
        return Role.of(user).filter(role -> role != Role.ACCOUNT_ADMIN).isPresent()
                && Rank.of(realm, user) == Rank.MEMBER
                && new Accounts(session)
                        .findByMember(user)
                        .filter(account -> account.twoFactorMode() == TwoFactorMode.OPTIONAL)
                        .isPresent();
    }
}
