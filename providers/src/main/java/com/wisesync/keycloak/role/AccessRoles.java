package com.wisesync.keycloak.role;

import java.util.HashSet;
import java.util.Set;
import org.keycloak.models.RoleModel;

/** The roles on which access depends: the four, and the roles that allow to enter an application. */
public final class AccessRoles {

    private AccessRoles() {}

    /**
     * Whether a role is or contains one of them. Every new user gets the realm's default role, so the parts are read from the cached
     * roles: {@code RoleUtils} queries the database for each level (26.7.4).
     */
    public static boolean areIn(RoleModel role) {
        return areIn(role, new HashSet<>());
    }

    private static boolean areIn(RoleModel role, Set<String> visited) {
        return isOne(role)
                || (visited.add(role.getId()) && role.getCompositesStream().anyMatch(part -> areIn(part, visited)));
    }

    private static boolean isOne(RoleModel role) {
        return isName(role.getName(), role.isClientRole());
    }

    /** Whether a role with this name is one of them. */
    public static boolean isName(String name, boolean isClientRole) {
        return isClientRole ? name.equals(Applications.USE) : Role.named(name).isPresent();
    }
}
