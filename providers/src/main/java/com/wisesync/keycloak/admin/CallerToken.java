package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.Access;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.access.Obstacle;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.role.StaffRoles;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * What a caller shows, and what of it is still so. A right counts when the token holds the role and the caller holds it
 * now: the token alone outlives what was taken away, the user alone would make every application's token a key to this.
 */
final class CallerToken {

    private final RealmModel realm;
    private final AccessToken token;
    private final UserModel user;
    private final ClientModel client;
    private final Optional<Access> access;
    private final RecentLogin recentLogin;

    private CallerToken(RealmModel realm, AdminAuth auth, Optional<Access> access, RecentLogin recentLogin) {
        this.realm = realm;
        this.token = auth.getToken();
        this.user = auth.getUser();
        this.client = auth.getClient();
        this.access = access.filter(granted -> tokenHolds(granted.role().roleName()));
        this.recentLogin = recentLogin;
    }

    /** @throws Refusal when nothing of this API is for this token, whatever it holds */
    static CallerToken of(KeycloakSession session, RealmModel realm, AdminAuth auth) {
        // The console's tokens are lightweight: their roles stand in the session (RealmManager, 26.7). Fills the token
        // in.
        boolean ownRealm = auth.getRealm().getId().equals(realm.getId());
        if (!ownRealm || auth.getUser() == null || !auth.getUser().isEnabled() || auth.getClient() == null) {
            throw Refusal.forbidden();
        }
        AuthenticationManager.resolveLightweightAccessTokenRoles(session, auth.getToken(), realm);
        CallerToken credentials = new CallerToken(
                realm, auth, access(session, auth.getUser()), RecentLogin.of(session, auth.getToken(), auth.getUser()));
        if (!credentials.fromAllowedClient()) {
            throw Refusal.forbidden();
        }
        return credentials;
    }

    private static Optional<Access> access(KeycloakSession session, UserModel user) {
        if (user.getServiceAccountClientLink() != null) {
            return Optional.empty();
        }
        AccessRules rules = new AccessRules(session);
        Optional<Access> access = rules.of(user);
        Optional<Obstacle> obstacle = access.isPresent() ? Optional.empty() : rules.obstacleOf(user);
        if (obstacle.filter(Obstacle.ACCOUNT_DISABLED::equals).isPresent()) {
            throw Refusal.forbidden();
        }
        // Who has lost their last company is told whose user they are and whom to ask, and has no access.
        return obstacle.filter(Obstacle.NO_COMPANY::equals).isPresent()
                ? new Accounts(session).of(user).map(account -> new Access(account, Role.USER, List.of()))
                : access;
    }

    UserModel user() {
        return user;
    }

    boolean isService() {
        return user.getServiceAccountClientLink() != null;
    }

    boolean isStaff() {
        return isService() ? holdsNow(StaffRoles.manageAccounts(realm)) : holdsNow(StaffRoles.support(realm));
    }

    /** Of the account in {@link #access}. */
    boolean isAccountAdmin() {
        return access.filter(granted -> granted.role() == Role.ACCOUNT_ADMIN).isPresent();
    }

    boolean mayReadCredentials() {
        return isService() && holdsNow(StaffRoles.readAutotaskCredentials(realm));
    }

    /** Account and role, if the caller has them now and the token speaks of the role. */
    Optional<Access> access() {
        return access;
    }

    boolean hasAccess() {
        return access.filter(granted ->
                        !granted.role().listsCompanies() || !granted.assigned().isEmpty())
                .isPresent();
    }

    RecentLogin recentLogin() {
        return recentLogin;
    }

    /**
     * People come through the console. Any other client's token would let an application act for whoever logs in to it; so a
     * client comes as itself only, with a right of its own.
     */
    private boolean fromAllowedClient() {
        return isService()
                ? client.getId().equals(user.getServiceAccountClientLink()) && (isStaff() || mayReadCredentials())
                : Constants.ADMIN_CONSOLE_CLIENT_ID.equals(client.getClientId());
    }

    private boolean holdsNow(Optional<RoleModel> role) {
        return role.filter(this::tokenHolds).filter(user::hasRole).isPresent();
    }

    private boolean tokenHolds(RoleModel role) {
        if (!role.isClientRole()) {
            return tokenHolds(role.getName());
        }
        AccessToken.Access held = token.getResourceAccess(((ClientModel) role.getContainer()).getClientId());
        return held != null && held.isUserInRole(role.getName());
    }

    private boolean tokenHolds(String realmRole) {
        AccessToken.Access held = token.getRealmAccess();
        return held != null && held.isUserInRole(realmRole);
    }
}
