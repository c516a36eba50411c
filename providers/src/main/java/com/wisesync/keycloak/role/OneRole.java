package com.wisesync.keycloak.role;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.account.Accounts;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
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
 * Keeps a user to exactly one role, whoever grants or revokes it: granting one takes the others away, and the last one of
 * somebody in an account can't be taken away.
 *
 * <p>Hears of it from the model, in the transaction that makes the change.
 */
public final class OneRole implements ProviderEventListener {

    private static final Logger LOG = Logger.getLogger(OneRole.class);
    private static final String COMPANIES = "companies";
    private static final String LAST_ROLE = "wiseSyncLastRole";

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof RoleGrantedEvent granted) {
            if (isOurs(granted.getRealm(), granted.getRole())) {
                takeOthersAway(granted.getRole(), granted.getUser());
            }
        } else if (event instanceof RoleRevokedEvent revoked && isOurs(revoked.getRealm(), revoked.getRole())) {
            keepLast(revoked.getRole(), revoked.getUser(), revoked.getKeycloakSession());
        }
    }

    private static boolean isOurs(RealmModel realm, RoleModel role) {
        return realm != null
                && !role.isClientRole()
                && realm.getId().equals(role.getContainerId())
                && Role.named(role.getName()).isPresent()
                && OptIn.isActive(realm);
    }

    private static void takeOthersAway(RoleModel granted, UserModel user) {
        List<RoleModel> others = held(user).stream()
                .filter(role -> !role.getId().equals(granted.getId()))
                .toList();
        others.forEach(user::deleteRoleMapping);
        if (Role.named(granted.getName()).filter(Role::listsCompanies).isEmpty()) {
            // Left behind, they would come back to life with the role, and until then no form could be saved.
            user.removeAttribute(COMPANIES);
        }
        others.forEach(role ->
                LOG.debugf("Role '%s' of user '%s' gave way to '%s'", role.getName(), user.getId(), granted.getName()));
    }

    /**
     * During a login nothing is refused: the mappers of an identity provider take roles away before they grant others.
     * Whoever ends up without a role there has no access.
     */
    private static void keepLast(RoleModel revoked, UserModel user, KeycloakSession session) {
        if (held(user).isEmpty()
                && session.getContext().getAuthenticationSession() == null
                && new Accounts(session).findByMember(user).isPresent()) {
            LOG.debugf("Role '%s' is the last one of user '%s'", revoked.getName(), user.getId());
            // Keycloak's role resource puts its own text in the place of a ModelException's.
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
