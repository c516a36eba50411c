package com.wisesync.keycloak.access;

import com.wisesync.keycloak.role.Applications;
import com.wisesync.keycloak.role.StaffRoles;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Decides whether a user may enter a client, at login and at every later step.
 *
 * <p>A client is an application if it has the client scope {@value Applications#SCOPE} or the client role {@value
 * Applications#USE}. A user may enter an application if they have access to an account and, where the client role {@value
 * Applications#USE} exists, hold it; the realm decides which realm roles contain it. Every other client, for example the two
 * consoles, refuses only users of a disabled account, and never support. Disabled users are refused everywhere, service
 * accounts nowhere.
 */
public final class ApplicationAccess {

    private final AccessRules rules;

    ApplicationAccess(AccessRules rules) {
        this.rules = rules;
    }

    /** @param session with the realm in its context */
    public ApplicationAccess(KeycloakSession session) {
        this(new AccessRules(session));
    }

    /** Why this user may not enter this client now; empty if they may. */
    public Optional<Obstacle> findObstacle(UserModel user, ClientModel client) {
        return isServiceAccount(user) ? Optional.empty() : find(user, client, rules.findObstacle(user));
    }

    /** Returns an application with an address that the user may enter now, or empty if there is none. */
    Optional<ClientModel> findEnterable(UserModel user, RealmModel realm) {
        return realm.getClientsStream()
                .filter(client -> client.isEnabled() && hasAddress(client) && Applications.contain(client))
                .filter(client -> findObstacle(user, client).isEmpty())
                .findFirst();
    }

    private static boolean hasAddress(ClientModel client) {
        return client.getBaseUrl() != null && !client.getBaseUrl().isBlank();
    }

    /** The same with the decision of this request, see {@link AccessRules#findCached}. */
    Optional<Obstacle> findCachedObstacle(UserModel user, ClientModel client) {
        return isServiceAccount(user) ? Optional.empty() : find(user, client, rules.findCachedObstacle(user));
    }

    private static Optional<Obstacle> find(UserModel user, ClientModel client, Optional<Obstacle> obstacle) {
        if (!user.isEnabled()) {
            return Optional.of(Obstacle.USER_DISABLED);
        }
        if (!Applications.contain(client)) {
            return obstacle.filter(Obstacle.ACCOUNT_DISABLED::equals).filter(disabled -> !isSupport(client, user));
        }
        return obstacle.or(() -> mayEnter(client, user) ? Optional.empty() : Optional.of(Obstacle.OTHER_ROLE));
    }

    static boolean mayEnter(ClientModel client, UserModel user) {
        RoleModel use = client.getRole(Applications.USE);
        return use == null || user.hasRole(use);
    }

    private static boolean isServiceAccount(UserModel user) {
        return user.getServiceAccountClientLink() != null;
    }

    private static boolean isSupport(ClientModel client, UserModel user) {
        return StaffRoles.support(client.getRealm()).filter(user::hasRole).isPresent();
    }
}
