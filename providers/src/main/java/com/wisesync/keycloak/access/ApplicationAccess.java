package com.wisesync.keycloak.access;

import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Who may enter which application. A client is an application if it wants to know accounts (client scope
 * {@value #SCOPE}) or says who may enter (client role {@value #USE}). Whoever enters has access to an account, and that
 * role if there is one; which realm roles contain it is the realm's to say. Any other client, the two consoles among
 * them, is closed to users of a disabled account only.
 */
final class ApplicationAccess {

    /** The client scope that carries our claims. */
    static final String SCOPE = "wise-sync";

    /** The client role that opens an application. */
    static final String USE = "use";

    private final AccessRules rules;

    ApplicationAccess(AccessRules rules) {
        this.rules = rules;
    }

    Optional<Obstacle> obstacle(UserModel user, ClientModel client) {
        Optional<Obstacle> obstacle = rules.obstacleOf(user);
        if (!isApplication(client)) {
            return obstacle.filter(Obstacle.ACCOUNT_DISABLED::equals);
        }
        return obstacle.or(() -> opens(client, user) ? Optional.empty() : Optional.of(Obstacle.OTHER_ROLE));
    }

    private static boolean isApplication(ClientModel client) {
        return client.getRole(USE) != null
                || client.getClientScopes(true).containsKey(SCOPE)
                || client.getClientScopes(false).containsKey(SCOPE);
    }

    private static boolean opens(ClientModel client, UserModel user) {
        RoleModel use = client.getRole(USE);
        return use == null || user.hasRole(use);
    }
}
