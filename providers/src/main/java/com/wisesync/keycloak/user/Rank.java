package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.StaffRoles;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** How far somebody's rights reach. Nobody changes a user whose rights reach further than their own. */
public enum Rank {
    /** Within an account at most. */
    MEMBER,
    /** Over all accounts. */
    STAFF,
    /** Over the realm. */
    REALM_ADMIN;

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
