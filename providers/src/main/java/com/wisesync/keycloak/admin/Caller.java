package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.Access;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.user.Rank;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Whoever is calling, and whether they may. The one place that decides: every call asks here, with its row of
 * {@link Call}, before anything else happens.
 *
 * <p>What lies in another account is not found, whoever asks and whether or not it exists; what lies in one's own and is not
 * for oneself is forbidden.
 */
final class Caller {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CallerToken credentials;

    Caller(KeycloakSession session, RealmModel realm, CallerToken credentials) {
        this.session = session;
        this.realm = realm;
        this.credentials = credentials;
    }

    /** For calls that are about no one account. */
    Caller may(Call call) {
        require(call.allows(Who.ANYONE)
                || call.allows(Who.STAFF) && isStaff()
                || call.allows(Who.ACCOUNT_ADMIN) && isAccountAdmin());
        stepUp(call);
        return this;
    }

    Account mayIn(Call call, String accountId) {
        Account account = reachable(call, accountId);
        require(call.allows(Who.STAFF) && isStaff() || call.allows(Who.ACCOUNT_ADMIN) && isAccountAdmin());
        stepUp(call);
        return account;
    }

    Target mayOn(Call call, String accountId, String userId) {
        Account account = reachable(call, accountId);
        boolean self = user().getId().equals(userId);
        require(call.allows(Who.CREDENTIAL_READER) && credentials.mayReadCredentials()
                || call.allows(Who.STAFF) && isStaff()
                || call.allows(Who.ACCOUNT_ADMIN) && isAccountAdmin()
                || call.allows(Who.SELF) && self);
        UserModel user = userOf(account, userId);
        // Otherwise whoever gets a colleague of higher rank into an account could take over what that colleague may do.
        require(!call.writes() || self || rank().compareTo(Rank.of(realm, user)) >= 0);
        stepUp(call);
        return new Target(account, user, self);
    }

    /** For changes that turn out to need a recent login. */
    void requireRecentLogin() {
        credentials.recentLogin().require();
    }

    UserModel user() {
        return credentials.user();
    }

    CallerToken credentials() {
        return credentials;
    }

    boolean isStaff() {
        return credentials.isStaff();
    }

    boolean isAccountAdmin() {
        return credentials.isAccountAdmin();
    }

    private Rank rank() {
        return isStaff() ? Rank.STAFF : Rank.MEMBER;
    }

    private Account reachable(Call call, String accountId) {
        boolean everywhere = isStaff() && call.allows(Who.STAFF)
                || credentials.mayReadCredentials() && call.allows(Who.CREDENTIAL_READER);
        if (everywhere) {
            return new Accounts(session).find(id(accountId)).orElseThrow(Refusal::notFound);
        }
        // Services and staff know of every account; to them it is no secret that it is there. Nor is their own to
        // members who
        // have no access.
        require(!isStaff() && !credentials.isService() && (credentials.hasAccess() || !isMember(accountId)));
        return credentials
                .access()
                .map(Access::account)
                .filter(account -> account.id().equals(accountId))
                .orElseThrow(Refusal::notFound);
    }

    private boolean isMember(String accountId) {
        Accounts accounts = new Accounts(session);
        return accounts.find(id(accountId))
                .filter(account -> accounts.isMember(account, user()))
                .isPresent();
    }

    private UserModel userOf(Account account, String userId) {
        UserModel user = session.users().getUserById(realm, id(userId));
        boolean member = user != null
                && user.getServiceAccountClientLink() == null
                && new Accounts(session)
                        .of(user)
                        .filter(of -> of.id().equals(account.id()))
                        .isPresent();
        if (!member) {
            throw Refusal.notFound();
        }
        return user;
    }

    /** PostgreSQL refuses a query with NUL in it, so such a thing is not looked for. */
    private static String id(String id) {
        if (id.length() > 128 || id.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.notFound();
        }
        return id;
    }

    private void stepUp(Call call) {
        if (call.needsStepUp()) {
            requireRecentLogin();
        }
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw Refusal.forbidden();
        }
    }
}
