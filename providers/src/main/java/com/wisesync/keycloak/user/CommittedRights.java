package com.wisesync.keycloak.user;

import com.wisesync.keycloak.access.CommittedAccess;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.role.StaffRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The rights of an actor as committed in the database, for work that goes on after its request was answered. The session and
 * the token of the request may have ended since, so they do not count.
 */
public final class CommittedRights {

    private final RealmModel realm;
    private final CommittedAccess access;

    /** @param session with the realm in its context */
    public CommittedRights(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.access = new CommittedAccess(session);
    }

    /** Whether the actor still exists, is enabled, and is staff or an account-admin of the account, as during the request. */
    public boolean stillHas(Actor actor, Account account) {
        return access.findUser(actor.userId())
                .filter(this::isEnabled)
                .filter(user -> actor.isStaff() && StaffRoles.isStaff(realm, user)
                        || actor.isAccountAdmin() && isAdmin(user, account))
                .isPresent();
    }

    /** A service account cannot be used while its client is disabled. */
    private boolean isEnabled(UserModel user) {
        String client = user.getServiceAccountClientLink();
        return user.isEnabled() && (client == null || isEnabled(realm.getClientById(client)));
    }

    private static boolean isEnabled(ClientModel client) {
        return client != null && client.isEnabled();
    }

    private boolean isAdmin(UserModel user, Account account) {
        return access.find(user)
                .filter(granted -> granted.role() == Role.ACCOUNT_ADMIN)
                .filter(granted -> granted.account().id().equals(account.id()))
                .isPresent();
    }
}
