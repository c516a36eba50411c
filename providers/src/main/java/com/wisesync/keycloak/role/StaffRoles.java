package com.wisesync.keycloak.role;

import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** What makes somebody, or a service, more than a user of an account. */
public final class StaffRoles {

    /** The client whose roles say what a service may do here. */
    public static final String SERVICE_CLIENT = "wise-sync-service";

    private StaffRoles() {}

    /** Wise-Sync support. */
    public static Optional<RoleModel> support(RealmModel realm) {
        return Optional.ofNullable(realm.getRole("support"));
    }

    public static Optional<RoleModel> manageAccounts(RealmModel realm) {
        return ofService(realm, "manage-accounts");
    }

    public static Optional<RoleModel> readAutotaskCredentials(RealmModel realm) {
        return ofService(realm, "read-autotask-credentials");
    }

    private static Optional<RoleModel> ofService(RealmModel realm, String name) {
        return Optional.ofNullable(realm.getClientByClientId(SERVICE_CLIENT)).map(client -> client.getRole(name));
    }
}
