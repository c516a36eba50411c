package com.wisesync.keycloak.access;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.role.Applications;
import com.wisesync.keycloak.role.Role;
import java.util.Arrays;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;

/**
 * What users have access to, as committed in the database. For work right after a commit, when Keycloak's caches on this or
 * another node may not have been invalidated yet.
 */
public final class CommittedAccess {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Accounts accounts;
    private final AccessRules rules;
    private final ApplicationAccess applications;

    /** @param session with the realm in its context */
    public CommittedAccess(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.accounts = Accounts.uncached(session);
        this.rules = new AccessRules(session, accounts);
        this.applications = new ApplicationAccess(rules);
    }

    /** Finds a user; one of a directory through Keycloak, with its cache. */
    public Optional<UserModel> findUser(String id) {
        return Optional.ofNullable(
                StorageId.isLocalStorage(id)
                        ? UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, id)
                        : session.users().getUserById(realm, id));
    }

    /** What the user has access to; empty without access. Does not check whether the user is enabled. */
    public Optional<Access> find(UserModel user) {
        return rules.find(user);
    }

    /** The account of the user, whether or not they have access to it. */
    public Optional<Account> findAccount(UserModel user) {
        return accounts.findByMember(user);
    }

    /** Whether the user may enter the application now. */
    public boolean mayEnter(UserModel user, ClientModel client) {
        return applications.findObstacle(user, client).isEmpty();
    }

    /** Whether the user has a role that may enter the application, whatever else is missing. */
    public boolean hasRoleFor(UserModel user, ClientModel client) {
        return Role.of(user).isPresent() && ApplicationAccess.mayEnter(client, user);
    }

    /** Whether a realm role may enter the client, if it is an application. */
    public static boolean isEnterable(ClientModel client, RoleModel role) {
        RoleModel use = client.getRole(Applications.USE);
        return use == null || role.hasRole(use);
    }

    /** Whether the client is an application that one of the four roles may enter. */
    public static boolean isEnterable(ClientModel client) {
        RoleModel use = client.getRole(Applications.USE);
        return Applications.contain(client)
                && (use == null
                        || Arrays.stream(Role.values())
                                .flatMap(role -> role.find(client.getRealm()).stream())
                                .anyMatch(role -> role.hasRole(use)));
    }
}
