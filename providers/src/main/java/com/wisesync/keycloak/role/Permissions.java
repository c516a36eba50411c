package com.wisesync.keycloak.role;

import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.RoleUtils;

/** The permissions of a role: the client roles of applications that it contains now, also through other roles. */
public final class Permissions {

    private Permissions() {}

    /** The permissions as {@code client/role}, sorted. */
    public static List<String> grantedBy(RoleModel role) {
        return RoleUtils.expandCompositeRolesStream(Stream.of(role))
                .filter(RoleModel::isClientRole)
                .flatMap(permission ->
                        permission.getContainer() instanceof ClientModel client && Applications.contain(client)
                                ? Stream.of(client.getClientId() + "/" + permission.getName())
                                : Stream.empty())
                .sorted()
                .toList();
    }
}
