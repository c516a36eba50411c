package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.Access;
import com.wisesync.keycloak.access.AccessRules;
import com.wisesync.keycloak.access.LoginAge;
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
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * The caller's access token, compared with what the caller holds now. A right counts only if the token contains the role and
 * the user or service account still has it: the token outlives a revoked role, and the user's roles alone would open this
 * API to the tokens of every application.
 */
final class CallerToken {

    private final RealmModel realm;
    private final AccessToken token;
    private final UserModel user;
    private final ClientModel client;
    private final UserSessionModel userSession;
    private final Optional<Access> access;

    CallerToken(RealmModel realm, AdminAuth auth, UserSessionModel userSession, Optional<Access> access) {
        this.realm = realm;
        this.token = auth.getToken();
        this.user = auth.getUser();
        this.client = auth.getClient();
        this.userSession = userSession;
        this.access = access.filter(granted -> tokenHolds(granted.role().roleName()));
    }

    /**
     * Reads a token that Keycloak has verified.
     *
     * @throws Refusal if no call of this API is allowed with this token, whatever roles it contains
     */
    static CallerToken read(KeycloakSession session, RealmModel realm, AdminAuth auth) {
        boolean ownRealm = auth.getRealm().getId().equals(realm.getId());
        if (!ownRealm || auth.getUser() == null || !auth.getUser().isEnabled() || auth.getClient() == null) {
            throw Refusal.forbidden();
        }
        // The console's tokens are lightweight: their roles are in the session (RealmManager, 26.7). This adds them.
        AuthenticationManager.resolveLightweightAccessTokenRoles(session, auth.getToken(), realm);
        CallerToken caller =
                new CallerToken(realm, auth, session.getContext().getUserSession(), access(session, auth.getUser()));
        if (!caller.isFromAllowedClient()) {
            throw Refusal.forbidden();
        }
        return caller;
    }

    private static Optional<Access> access(KeycloakSession session, UserModel user) {
        if (user.getServiceAccountClientLink() != null) {
            return Optional.empty();
        }
        AccessRules rules = new AccessRules(session);
        Optional<Access> access = rules.find(user);
        Optional<Obstacle> obstacle = access.isPresent() ? Optional.empty() : rules.findObstacle(user);
        if (obstacle.filter(Obstacle.ACCOUNT_DISABLED::equals).isPresent()) {
            throw Refusal.forbidden();
        }
        // Users without a company have no access, but still see their account and its contacts.
        return obstacle.filter(Obstacle.NO_COMPANY::equals).isPresent()
                ? new Accounts(session).findByMember(user).map(account -> new Access(account, Role.USER, List.of()))
                : access;
    }

    UserModel user() {
        return user;
    }

    boolean isService() {
        return user.getServiceAccountClientLink() != null;
    }

    boolean isStaff() {
        return holdsNow(StaffRoles.staffRoleOf(realm, user));
    }

    /** Whether the caller administers the account in {@link #access}. */
    boolean isAccountAdmin() {
        return access.filter(granted -> granted.role() == Role.ACCOUNT_ADMIN).isPresent();
    }

    /** Whether the caller is a service that is allowed to read stored Autotask passwords. */
    boolean isCredentialReader() {
        return isService() && holdsNow(StaffRoles.readAutotaskCredentials(realm));
    }

    /** Account and role, if the caller has both now and the token contains the role. */
    Optional<Access> access() {
        return access;
    }

    boolean hasAccess() {
        return access.filter(granted ->
                        !granted.role().listsCompanies() || !granted.assigned().isEmpty())
                .isPresent();
    }

    /**
     * Requires a recent login. Services are exempt, they never log in.
     *
     * @throws Refusal of the kind {@code STEP_UP} if the login is too old
     */
    void requireRecentLogin() {
        if (!isService()) {
            LoginAge.requireRecent(userSession, token);
        }
    }

    /**
     * Users call through the console, whose client is the only one allowed for them: with the token of any other client, an
     * application could act for everyone who logs in to it. A client calls as itself, with a right of its own.
     */
    private boolean isFromAllowedClient() {
        return isService()
                ? client.getId().equals(user.getServiceAccountClientLink()) && (isStaff() || isCredentialReader())
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
