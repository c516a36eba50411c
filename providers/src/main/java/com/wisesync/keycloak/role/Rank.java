package com.wisesync.keycloak.role;

import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** How far a user's rights reach. A user of a higher rank cannot be changed. */
public enum Rank {
    /** Rights within one account at most. */
    MEMBER,
    /** Rights in all accounts. */
    STAFF,
    /** Rights in the realm's administration. */
    REALM_ADMIN;

    /** The rank of a user, from all roles they hold directly, by a group or by a composite role. */
    public static Rank of(RealmModel realm, UserModel user) {
        Set<RoleModel> roles = RoleUtils.getDeepUserRoleMappings(user);
        if (holdsAny(roles, realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID))) {
            return REALM_ADMIN;
        }
        boolean staff = StaffRoles.support(realm).filter(roles::contains).isPresent()
                || holdsAny(roles, realm.getClientByClientId(StaffRoles.SERVICE_CLIENT));
        return staff ? STAFF : MEMBER;
    }

    private static boolean holdsAny(Set<RoleModel> roles, ClientModel client) {
        return client != null
                && roles.stream()
                        .anyMatch(role ->
                                role.isClientRole() && role.getContainerId().equals(client.getId()));
    }
}
