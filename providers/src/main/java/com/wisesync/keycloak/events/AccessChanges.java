package com.wisesync.keycloak.events;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.lifecycle.LifecycleDetection;
import com.wisesync.keycloak.role.AccessRoles;
import com.wisesync.keycloak.sessions.SessionDetection;
import com.wisesync.keycloak.sessions.Sessions;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel.GroupMemberJoinEvent;
import org.keycloak.models.GroupModel.GroupMemberLeaveEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel.OrganizationMemberJoinEvent;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.RoleModel.RoleGrantedEvent;
import org.keycloak.models.RoleModel.RoleNameChangeEvent;
import org.keycloak.models.RoleModel.RoleRevokedEvent;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Ends the sessions of applications that a user may not enter any more, and notifies applications, after a changed role, account
 * or group. Ends all sessions of users who are deleted.
 */
final class AccessChanges implements ProviderEventListener {

    private static final String CONTAINS_ACCESS_ROLE = "wise-sync.contains-access-role.";

    private final SessionDetection sessions;
    private final LifecycleDetection lifecycle;

    AccessChanges(SessionDetection sessions, LifecycleDetection lifecycle) {
        this.sessions = sessions;
        this.lifecycle = lifecycle;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof RoleGrantedEvent granted) {
            roleGranted(granted.getKeycloakSession(), granted.getRole(), granted.getUser());
            lifecycle.roleGranted(granted.getKeycloakSession(), granted.getRole(), granted.getUser());
        } else if (event instanceof RoleRevokedEvent revoked) {
            roleChanged(revoked.getKeycloakSession(), revoked.getRole(), revoked.getUser());
        } else if (event instanceof RoleNameChangeEvent renamed) {
            roleRenamed(renamed);
        } else if (event instanceof OrganizationMemberJoinEvent joined) {
            check(joined.getSession(), joined.getUser());
        } else if (event instanceof OrganizationMemberLeaveEvent left) {
            check(left.getSession(), left.getUser());
        } else if (event instanceof GroupMemberJoinEvent joined) {
            check(joined.getKeycloakSession(), joined.getUser());
        } else if (event instanceof GroupMemberLeaveEvent left) {
            check(left.getKeycloakSession(), left.getUser());
        } else if (event instanceof UserPreRemovedEvent removed && isActive(removed.getRealm())) {
            new Sessions(removed.getKeycloakSession()).logOutDeleted(removed.getUser());
        }
    }

    /**
     * Not for roles of clients: a realm import grants them to service accounts that are not linked to their client yet, and
     * reading such a user here would leave it so in Keycloak's cache. A role of a client takes no access away.
     */
    private void roleGranted(KeycloakSession session, RoleModel role, UserModel user) {
        if (!role.isClientRole()) {
            roleChanged(session, role, user);
        }
    }

    private void roleChanged(KeycloakSession session, RoleModel role, UserModel user) {
        if (isActive(session.getContext().getRealm()) && containsAccessRole(session, role)) {
            check(session, user);
        }
    }

    /** Published by Keycloak's admin API, the one path on which roles are renamed. */
    private void roleRenamed(RoleNameChangeEvent renamed) {
        boolean isClientRole = renamed.getClientId() != null;
        if (isActive(renamed.getRealm())
                && Stream.of(renamed.getPreviousName(), renamed.getNewName())
                        .anyMatch(name -> AccessRoles.isName(name, isClientRole))) {
            AccessOfAll.check(renamed.getKeycloakSession(), lifecycle);
        }
    }

    /** Decided once per request and role, because an import grants the same roles to every user. */
    private static boolean containsAccessRole(KeycloakSession session, RoleModel role) {
        String key = CONTAINS_ACCESS_ROLE + role.getId();
        Boolean decided = session.getAttribute(key, Boolean.class);
        if (decided == null) {
            decided = AccessRoles.areIn(role);
            session.setAttribute(key, decided);
        }
        return decided;
    }

    private void check(KeycloakSession session, UserModel user) {
        if (isActive(session.getContext().getRealm()) && user.getServiceAccountClientLink() == null) {
            if (!sessions.isNew(session, user.getId())) {
                new Sessions(session).check(user);
            }
            lifecycle.userAccess(session, user);
        }
    }

    private static boolean isActive(RealmModel realm) {
        return realm != null && OptIn.isActive(realm);
    }
}
