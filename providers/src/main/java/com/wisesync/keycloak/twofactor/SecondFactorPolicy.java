package com.wisesync.keycloak.twofactor;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.TwoFactorMode;
import com.wisesync.keycloak.role.Rank;
import com.wisesync.keycloak.role.Role;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Decides whether a login requires a second factor. It is required for everyone except users without an enrolled second
 * factor in accounts where it is optional. Account-admins, staff, realm administrators and users without an account or role
 * always need one, and so does a login whose application asks for level 2, or in which the user changes the own email.
 */
final class SecondFactorPolicy {

    private final KeycloakSession session;
    private final RealmModel realm;

    SecondFactorPolicy(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    boolean isRequired(UserModel user, AuthenticationSessionModel login) {
        return OptIn.isActive(realm)
                && (Levels.requested(login) >= Levels.SECOND_FACTOR
                        || NewEmail.isAskedIn(login, user)
                        || new SecondFactors(user).isAnyEnrolled()
                        || !isOptionalFor(user));
    }

    private boolean isOptionalFor(UserModel user) {
        return Role.of(user).filter(role -> role != Role.ACCOUNT_ADMIN).isPresent()
                && Rank.of(realm, user) == Rank.MEMBER
                && new Accounts(session)
                        .findByMember(user)
                        .filter(account -> account.twoFactorMode() == TwoFactorMode.OPTIONAL)
                        .isPresent();
    }
}
