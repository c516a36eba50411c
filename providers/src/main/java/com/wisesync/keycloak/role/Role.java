package com.wisesync.keycloak.role;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * The role of a user of an account: one of four realm roles, granted directly. Somebody who holds none or several of
 * them has no role, and every rule then fails closed.
 */
public enum Role {
    ACCOUNT_ADMIN("account-admin"),
    USER("user"),
    MERCHANT_ADMIN("merchant-admin"),
    MERCHANT_USER("merchant-user");

    private final String roleName;

    Role(String roleName) {
        this.roleName = roleName;
    }

    /** The name of the realm role, which is also what our API and the claims call it. */
    public String roleName() {
        return roleName;
    }

    /** Whether companies are assigned one by one; {@link #ACCOUNT_ADMIN} has all, the merchants have none. */
    public boolean listsCompanies() {
        return this == USER;
    }

    public static Optional<Role> named(String roleName) {
        return Arrays.stream(values())
                .filter(role -> role.roleName.equals(roleName))
                .findFirst();
    }

    /**
     * The one role that this user holds now, if it is exactly one. A second one that comes from a group or out of a
     * composite role counts as well: its permissions would be in their tokens.
     */
    public static Optional<Role> of(UserModel user) {
        List<RoleModel> held = user.getRealmRoleMappingsStream()
                .filter(role -> named(role.getName()).isPresent())
                .toList();
        return held.size() == 1 && !holdsAnother(user, held.get(0))
                ? named(held.get(0).getName())
                : Optional.empty();
    }

    private static boolean holdsAnother(UserModel user, RoleModel held) {
        RealmModel realm = (RealmModel) held.getContainer();
        return Arrays.stream(values())
                .filter(role -> !role.roleName.equals(held.getName()))
                .flatMap(role -> role.in(realm).stream())
                .anyMatch(user::hasRole);
    }

    /** The realm role behind this role; absent in a realm that was not set up for us. */
    public Optional<RoleModel> in(RealmModel realm) {
        return Optional.ofNullable(realm.getRole(roleName));
    }

    /**
     * The same, where nothing goes without it.
     *
     * @throws IllegalStateException in a realm that was not set up for us
     */
    public RoleModel setUpIn(RealmModel realm) {
        return in(realm).orElseThrow(() -> new IllegalStateException("The realm has no role " + roleName));
    }

    /** The ids of the realm roles behind the four. */
    public static Map<Role, String> idsIn(RealmModel realm) {
        Map<Role, String> ids = new EnumMap<>(Role.class);
        for (Role role : values()) {
            role.in(realm).map(RoleModel::getId).ifPresent(id -> ids.put(role, id));
        }
        if (ids.isEmpty()) {
            throw new IllegalStateException("The realm has none of the four roles");
        }
        return ids;
    }
}
