package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.access.Access;
import com.wisesync.keycloak.access.CommittedAccess;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Reads the reported data of a user from the database, not from Keycloak's caches. */
final class UserReader {

    /**
     * The data of a user that an application receives.
     *
     * @param forRole whether the user is in an account, with a role that may enter the application
     * @param incomplete whether the user has no account or no role yet
     */
    record State(
            LifecycleEvent.EventAccount account, LifecycleEvent.EventUser user, boolean forRole, boolean incomplete) {}

    private final RealmModel realm;
    private final CommittedAccess access;

    /** @param session with the realm in its context */
    UserReader(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.access = new CommittedAccess(session);
    }

    /** Reads a user; empty if they do not exist, or belong to a service account. */
    Optional<State> read(String userId, ClientModel client) {
        return access.findUser(userId)
                .filter(user -> user.getServiceAccountClientLink() == null)
                .map(user -> {
                    Base base = new Base(user, access);
                    return base.state(user, access.mayEnter(user, client), access.hasRoleFor(user, client));
                });
    }

    /** The entries about a user who is about to be deleted. */
    List<NewEntry> deletions(UserModel user, List<String> clientIds) {
        Base base = new Base(user, access);
        return clientIds.stream()
                .flatMap(id -> Optional.ofNullable(realm.getClientById(id)).stream())
                .map(client -> {
                    State state = base.state(user, false, access.hasRoleFor(user, client));
                    return EventRow.deletion(
                            realm.getId(), client.getId(), state.account(), state.user(), state.forRole());
                })
                .toList();
    }

    /** The data that is the same for every application. */
    private record Base(Optional<Account> account, Optional<Role> role, Optional<Access> access) {

        Base(UserModel user, CommittedAccess access) {
            this(access.findAccount(user), Role.of(user), access.find(user));
        }

        State state(UserModel user, boolean enabled, boolean hasRole) {
            return new State(
                    account.map(found -> new LifecycleEvent.EventAccount(found.id(), found.name()))
                            .orElse(null),
                    new LifecycleEvent.EventUser(
                            user.getId(),
                            user.getUsername(),
                            user.getEmail(),
                            user.isEmailVerified(),
                            user.getFirstName(),
                            user.getLastName(),
                            enabled,
                            role.map(Role::roleName).orElse(null),
                            access.map(Access::companyAccess).orElse("none"),
                            access.flatMap(each -> each.companies(Integer.MAX_VALUE))
                                    .orElse(List.of())),
                    account.isPresent() && hasRole,
                    account.isEmpty() || role.isEmpty());
        }
    }
}
