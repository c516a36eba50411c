package com.wisesync.keycloak.events;

import com.wisesync.keycloak.role.AccessRoles;
import com.wisesync.keycloak.sessions.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * Ends the sessions of applications that users may not enter any more after an administrator changed what roles and groups
 * contain, through Keycloak's own API. Keycloak publishes such changes by admin events only; roles that users receive or lose
 * themselves are detected by {@link AccessChanges}.
 *
 * <p>Which users hold a role through others is not searched in the request: users of all accounts who have a session are
 * checked, in pages after the commit. A change of roles on which no access depends checks none.
 */
final class StockRoleEdits {

    private static final Set<ResourceType> ROLES_AND_GROUPS = EnumSet.of(
            ResourceType.REALM_ROLE, ResourceType.CLIENT_ROLE, ResourceType.GROUP, ResourceType.ORGANIZATION_GROUP);

    private final KeycloakSession session;

    StockRoleEdits(KeycloakSession session) {
        this.session = session;
    }

    void onEvent(AdminEvent event) {
        if (event.getResourcePath() != null && changesAccess(event, event.getResourcePath())) {
            new Sessions(session).checkAccounts();
        }
    }

    private boolean changesAccess(AdminEvent event, String path) {
        if (isContent(path)) {
            return containsAccessRole(event);
        }
        return ROLES_AND_GROUPS.contains(event.getResourceType())
                && (event.getOperationType() == OperationType.DELETE || isNewParent(event, path));
    }

    /** Whether roles were put into a composite role or a group, or taken from it. */
    private static boolean isContent(String path) {
        return path.endsWith("/composites") || path.contains("groups/") && path.contains("/role-mappings/");
    }

    /** A group that moves has the roles of its new parents. */
    private static boolean isNewParent(AdminEvent event, String path) {
        return event.getOperationType() == OperationType.UPDATE
                && (path.endsWith("groups") || path.endsWith("/children"));
    }

    /** Whether access depends on one of the roles that were put in or taken out. */
    private boolean containsAccessRole(AdminEvent event) {
        if (event.getRepresentation() == null) {
            return false;
        }
        try {
            RoleRepresentation[] roles =
                    JsonSerialization.readValue(event.getRepresentation(), RoleRepresentation[].class);
            return Arrays.stream(roles)
                    .map(role -> session.getContext().getRealm().getRoleById(role.getId()))
                    .filter(Objects::nonNull)
                    .anyMatch(AccessRoles::areIn);
        } catch (IOException e) {
            throw new UncheckedIOException("Unreadable representation of an admin event", e);
        }
    }
}
