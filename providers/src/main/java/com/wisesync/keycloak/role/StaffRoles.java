package com.wisesync.keycloak.role;

import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

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

    /** The client role that lets a service read stored Autotask passwords. */
    public static Optional<RoleModel> readAutotaskCredentials(RealmModel realm) {
        return ofService(realm, "read-autotask-credentials");
    }

    private static Optional<RoleModel> ofService(RealmModel realm, String name) {
        return Optional.ofNullable(realm.getClientByClientId(SERVICE_CLIENT)).map(client -> client.getRole(name));
    }
}
