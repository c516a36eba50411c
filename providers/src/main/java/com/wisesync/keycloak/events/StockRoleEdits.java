package com.wisesync.keycloak.events;

import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.role.AccessRoles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * Checks the access of all users after an administrator changed what roles and groups contain, through Keycloak's own API.
 * Keycloak publishes such changes by admin events only; renamed roles, and roles that users receive or lose themselves, are
 * detected by {@link AccessChanges}. A change of roles on which no access depends checks no user.
 */
final class StockRoleEdits {

    private static final Set<ResourceType> ROLES_AND_GROUPS = EnumSet.of(
            ResourceType.REALM_ROLE, ResourceType.CLIENT_ROLE, ResourceType.GROUP, ResourceType.ORGANIZATION_GROUP);

    /**
     * The paths of what a partial import replaces: groups, clients and their roles, and realm roles, whose path is that of
     * realms (org.keycloak.partialimport.ResourceType, 26.7.4).
     */
    private static final Pattern IMPORTED = Pattern.compile("^(?:groups|clients|realms)/");

    private final KeycloakSession session;
    private final LifecycleDetection lifecycle;

    StockRoleEdits(KeycloakSession session, LifecycleDetection lifecycle) {
        this.session = session;
        this.lifecycle = lifecycle;
    }

    void onEvent(AdminEvent event) {
        if (event.getResourcePath() != null && changesAccess(event, event.getResourcePath())) {
            AccessOfAll.check(session, lifecycle);
        }
    }

    private boolean changesAccess(AdminEvent event, String path) {
        if (isContent(path)) {
            return containsAccessRole(event);
        }
        if (event.getResourceType() == ResourceType.REALM) {
            return isReplacedByImport(event, path);
        }
        return ROLES_AND_GROUPS.contains(event.getResourceType())
                && (event.getOperationType() == OperationType.DELETE || isNewParent(event, path));
    }

    /** Whether roles were put into a composite role or a group, or taken from it. */
    private static boolean isContent(String path) {
        return path.endsWith("/composites") || path.contains("groups/") && path.contains("/role-mappings/");
    }

    /** A partial import deletes what it replaces, with its members and role mappings. */
    private static boolean isReplacedByImport(AdminEvent event, String path) {
        return event.getOperationType() == OperationType.UPDATE
                && IMPORTED.matcher(path).find();
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
