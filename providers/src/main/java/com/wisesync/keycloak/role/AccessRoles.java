package com.wisesync.keycloak.role;

import java.util.stream.Stream;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.RoleUtils;

/** The roles on which access depends: the four, and the roles that allow to enter an application. */
public final class AccessRoles {

    private AccessRoles() {}

    /** Whether a role is or contains one of them. */
    public static boolean areIn(RoleModel role) {
        return RoleUtils.expandCompositeRolesStream(Stream.of(role)).anyMatch(AccessRoles::isOne);
    }

    private static boolean isOne(RoleModel role) {
        return role.isClientRole()
                ? role.getName().equals(Applications.USE)
                : Role.named(role.getName()).isPresent();
    }
}
