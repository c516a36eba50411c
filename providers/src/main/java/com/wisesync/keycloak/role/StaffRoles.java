package com.wisesync.keycloak.role;

import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** The roles of Wise-Sync support and of services. This is the only definition of who is staff. */
public final class StaffRoles {

    /** The client whose roles define what a service is allowed to do. */
    public static final String SERVICE_CLIENT = "wise-sync-service";

    private StaffRoles() {}

    /** The realm role of Wise-Sync support; empty in a realm that was not set up. */
    public static Optional<RoleModel> support(RealmModel realm) {
        return Optional.ofNullable(realm.getRole("support"));
    }

    /** The client role that gives a service the rights of support. */
    public static Optional<RoleModel> manageAccounts(RealmModel realm) {
        return ofService(realm, "manage-accounts");
    }

    /** The role that makes a user or a service account staff; empty in a realm that was not set up. */
    public static Optional<RoleModel> staffRoleOf(RealmModel realm, UserModel user) {
        return user.getServiceAccountClientLink() == null ? support(realm) : manageAccounts(realm);
    }

    /** Whether the user or service account is staff now, by its roles. */
    public static boolean isStaff(RealmModel realm, UserModel user) {
        return staffRoleOf(realm, user).filter(user::hasRole).isPresent();
    }

    /** The client role that lets a service read stored Autotask passwords. */
    public static Optional<RoleModel> readAutotaskCredentials(RealmModel realm) {
        return ofService(realm, "read-autotask-credentials");
    }

    /**
     * Whether a role gives rights in this product: one of the four roles, support, a permission of an application, a role of the
     * service client or of realm administration, or a composite that contains one of them.
     */
    public static boolean grantsRights(RealmModel realm, RoleModel role) {
        return RoleUtils.expandCompositeRolesStream(Stream.of(role)).anyMatch(contained -> isRight(realm, contained));
    }

    private static boolean isRight(RealmModel realm, RoleModel role) {
        if (role.isClientRole()) {
            return role.getContainer() instanceof ClientModel client && Applications.contain(client)
                    || Stream.of(SERVICE_CLIENT, Constants.REALM_MANAGEMENT_CLIENT_ID)
                            .map(realm::getClientByClientId)
                            .anyMatch(service ->
                                    service != null && service.getId().equals(role.getContainerId()));
        }
        return Role.named(role.getName()).isPresent()
                || support(realm).filter(role::equals).isPresent();
    }

    private static Optional<RoleModel> ofService(RealmModel realm, String name) {
        return Optional.ofNullable(realm.getClientByClientId(SERVICE_CLIENT)).map(client -> client.getRole(name));
    }
}
