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
 * The role of a user of an account: one of four realm roles, granted directly. A user who holds none or several of them has
 * no role, and every rule then denies.
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

    /** The name of the realm role, also used in the API and in claims. */
    public String roleName() {
        return roleName;
    }

    /** Whether companies are assigned to the user; {@link #ACCOUNT_ADMIN} has all of the account, merchants have none. */
    public boolean listsCompanies() {
        return this == USER;
    }

    /** The role with the name of a realm role; empty if it is none of the four. */
    public static Optional<Role> named(String roleName) {
        return Arrays.stream(values())
                .filter(role -> role.roleName.equals(roleName))
                .findFirst();
    }

    /**
     * The user's role, if it is exactly one. A second one from a group or a composite role counts too, because its permissions
     * would be in the user's tokens.
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
                .flatMap(role -> role.find(realm).stream())
                .anyMatch(user::hasRole);
    }

    /** The realm role; empty in a realm that is not set up. */
    public Optional<RoleModel> find(RealmModel realm) {
        return Optional.ofNullable(realm.getRole(roleName));
    }

    /**
     * The realm role.
     *
     * @throws IllegalStateException in a realm that is not set up
     */
    public RoleModel require(RealmModel realm) {
        return find(realm).orElseThrow(() -> new IllegalStateException("The realm has no role " + roleName));
    }

    /**
     * The ids of the realm roles; roles that the realm does not have are left out.
     *
     * @throws IllegalStateException in a realm that has none of them
     */
    public static Map<Role, String> idsIn(RealmModel realm) {
        Map<Role, String> ids = new EnumMap<>(Role.class);
        for (Role role : values()) {
            role.find(realm).map(RoleModel::getId).ifPresent(id -> ids.put(role, id));
        }
        if (ids.isEmpty()) {
            throw new IllegalStateException("The realm has none of the four roles");
        }
        return ids;
    }
}
