package com.wisesync.keycloak.role;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.GroupMemberJoinEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.RoleModel.RoleGrantedEvent;
import org.keycloak.models.RoleModel.RoleRevokedEvent;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.services.ErrorResponse;
import org.keycloak.theme.Theme;

/**
 * Keeps every user to exactly one role, on every path: granting one revokes the others, and the last role of a user in an
 * account cannot be revoked. A login grants none: mappers of identity providers, which run during a login, could otherwise
 * grant account-admin or support to a user who controls a claim (CVE-2026-12388).
 *
 * <p>Receives the model's events in the transaction of the change.
 */
public final class OneRole implements ProviderEventListener {

    private static final Logger LOG = Logger.getLogger(OneRole.class);
    private static final Pattern ADMIN_PATH = Pattern.compile("^/?admin/realms/");
    private static final String LAST_ROLE = "wiseSyncLastRole";

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof RoleGrantedEvent granted) {
            if (isDuringLogin(granted.getKeycloakSession(), granted.getRealm())
                    && StaffRoles.grantsRights(granted.getRealm(), granted.getRole())) {
                LOG.warnf(
                        "A login does not grant roles: role '%s' is not granted to user '%s'. Remove it from the mappers of the"
                                + " identity provider",
                        granted.getRole().getName(), granted.getUser().getId());
                granted.getUser().deleteRoleMapping(granted.getRole());
            } else if (isOurs(granted.getRealm(), granted.getRole())) {
                revokeOthers(granted.getRole(), granted.getUser());
            }
        } else if (event instanceof GroupMemberJoinEvent joined) {
            if (isDuringLogin(joined.getKeycloakSession(), joined.getRealm())
                    && grantsRights(joined.getRealm(), joined.getGroup())) {
                LOG.warnf(
                        "A login does not grant roles: user '%s' does not join group '%s'. Remove it from the mappers of the"
                                + " identity provider",
                        joined.getUser().getId(), joined.getGroup().getName());
                joined.getUser().leaveGroup(joined.getGroup());
            }
        } else if (event instanceof RoleRevokedEvent revoked && isOurs(revoked.getRealm(), revoked.getRole())) {
            keepLast(revoked.getRole(), revoked.getUser(), revoked.getKeycloakSession());
        }
    }

    /**
     * During every login there is an authentication session; mappers of identity providers run at no other time. Requests of
     * the admin API may have one too, made for their token.
     */
    private static boolean isDuringLogin(KeycloakSession session, RealmModel realm) {
        return realm != null
                && OptIn.isActive(realm)
                && session.getContext().getAuthenticationSession() != null
                && !ADMIN_PATH.matcher(session.getContext().getUri().getPath()).find();
    }

    private static boolean grantsRights(RealmModel realm, GroupModel group) {
        return group.getRoleMappingsStream().anyMatch(role -> StaffRoles.grantsRights(realm, role))
                || group.getParent() != null && grantsRights(realm, group.getParent());
    }

    private static boolean isOurs(RealmModel realm, RoleModel role) {
        return realm != null
                && !role.isClientRole()
                && realm.getId().equals(role.getContainerId())
                && Role.named(role.getName()).isPresent()
                && OptIn.isActive(realm);
    }

    private static void revokeOthers(RoleModel granted, UserModel user) {
        List<RoleModel> others = held(user).stream()
                .filter(role -> !role.getId().equals(granted.getId()))
                .toList();
        others.forEach(user::deleteRoleMapping);
        if (Role.named(granted.getName()).filter(Role::listsCompanies).isEmpty()) {
            // They would apply again with the role, and no form could be saved until then.
            user.removeAttribute(Company.USER_ATTRIBUTE);
        }
        others.forEach(role ->
                LOG.debugf("Role '%s' of user '%s' replaced by '%s'", role.getName(), user.getId(), granted.getName()));
    }

    /** A login is not refused here: a user without a role after the mappers has no access. */
    private static void keepLast(RoleModel revoked, UserModel user, KeycloakSession session) {
        if (held(user).isEmpty()
                && session.getContext().getAuthenticationSession() == null
                && new Accounts(session).findByMember(user).isPresent()) {
            LOG.debugf("Role '%s' is the last one of user '%s'", revoked.getName(), user.getId());
            // Keycloak's role resource replaces the text of a ModelException.
            throw ErrorResponse.error(message(session), Response.Status.BAD_REQUEST);
        }
    }

    private static List<RoleModel> held(UserModel user) {
        return user.getRealmRoleMappingsStream()
                .filter(role -> Role.named(role.getName()).isPresent())
                .toList();
    }

    private static String message(KeycloakSession session) {
        try {
            return Optional.ofNullable(session.theme()
                            .getTheme(Theme.Type.ADMIN)
                            .getMessages(session.getContext().resolveLocale(null))
                            .getProperty(LAST_ROLE))
                    .orElse(LAST_ROLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
