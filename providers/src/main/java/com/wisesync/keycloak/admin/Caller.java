package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.access.Access;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.admin.Call.Who;
import com.wisesync.keycloak.role.Rank;
import com.wisesync.keycloak.user.Actor;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The caller of a request, and the one place that decides whether a {@link Call} is allowed. Every resource method asks here
 * before it does anything else.
 *
 * <p>An object of another account is not found, whether or not it exists. A call that is not allowed within the caller's own
 * account is forbidden.
 */
final class Caller implements Actor {

    /** Longer than any id of Keycloak's. */
    private static final int MAX_ID = 128;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CallerToken token;

    Caller(KeycloakSession session, RealmModel realm, CallerToken token) {
        this.session = session;
        this.realm = realm;
        this.token = token;
    }

    /**
     * The target of an allowed call.
     *
     * @param account the account in the path
     * @param user the user in the path, who belongs to this account
     * @param self whether the user is the caller
     */
    record Target(Account account, UserModel user, boolean self) {}

    /**
     * Checks a call that concerns no single account.
     *
     * @throws Refusal if the call is not allowed, or needs a more recent login
     */
    Caller require(Call call) {
        forbidUnless(call.allows(Who.ANYONE)
                || call.allows(Who.STAFF) && isStaff()
                || call.allows(Who.ACCOUNT_ADMIN) && isAccountAdmin());
        requireStepUp(call);
        return this;
    }

    /**
     * Checks a call that concerns an account.
     *
     * @throws Refusal if the account is not found or the call is not allowed, or needs a more recent login
     */
    Account requireAccount(Call call, String accountId) {
        Account account = reachable(call, accountId);
        forbidUnless(call.allows(Who.STAFF) && isStaff() || call.allows(Who.ACCOUNT_ADMIN) && isAccountAdmin());
        requireStepUp(call);
        return account;
    }

    /**
     * Checks a call that concerns a user of an account.
     *
     * @throws Refusal if the account or the user is not found or the call is not allowed, or needs a more recent login
     */
    Target requireUser(Call call, String accountId, String userId) {
        Target target = requireUserWithoutStepUp(call, accountId, userId);
        requireStepUp(call);
        return target;
    }

    /** The same for calls that need a recent login only on another user's data. */
    Target requireUserOrSelf(Call call, String accountId, String userId) {
        Target target = requireUserWithoutStepUp(call, accountId, userId);
        if (!target.self()) {
            requireStepUp(call);
        }
        return target;
    }

    private Target requireUserWithoutStepUp(Call call, String accountId, String userId) {
        Account account = reachable(call, accountId);
        boolean self = user().getId().equals(userId);
        forbidUnless(call.allows(Who.CREDENTIAL_READER) && token.isCredentialReader()
                || call.allows(Who.STAFF) && isStaff()
                || call.allows(Who.ACCOUNT_ADMIN) && isAccountAdmin()
                || call.allows(Who.SELF) && self);
        UserModel user = userOf(account, userId);
        // An account-admin must not take over a user with more rights by adding them to the account.
        forbidUnless(!call.writes() || self || rank().compareTo(Rank.of(realm, user)) >= 0);
        return new Target(account, user, self);
    }

    @Override
    public void requireRecentLogin() {
        token.requireRecentLogin();
    }

    @Override
    public String userId() {
        return user().getId();
    }

    @Override
    public boolean isStaff() {
        return token.isStaff();
    }

    @Override
    public boolean isAccountAdmin() {
        return token.isAccountAdmin();
    }

    UserModel user() {
        return token.user();
    }

    CallerToken token() {
        return token;
    }

    private Rank rank() {
        return isStaff() ? Rank.STAFF : Rank.MEMBER;
    }

    private Account reachable(Call call, String accountId) {
        boolean everywhere =
                isStaff() && call.allows(Who.STAFF) || token.isCredentialReader() && call.allows(Who.CREDENTIAL_READER);
        if (everywhere) {
            return new Accounts(session).find(searchable(accountId)).orElseThrow(Refusal::notFound);
        }
        // Staff and services know every account, and members without access know their own:
        // to them the call is forbidden rather than the account not found.
        forbidUnless(!isStaff() && !token.isService() && (token.hasAccess() || !isMember(accountId)));
        return token.access()
                .map(Access::account)
                .filter(account -> account.id().equals(accountId))
                .orElseThrow(Refusal::notFound);
    }

    private boolean isMember(String accountId) {
        Accounts accounts = new Accounts(session);
        return accounts.find(searchable(accountId))
                .filter(account -> accounts.isMember(account, user()))
                .isPresent();
    }

    private UserModel userOf(Account account, String userId) {
        UserModel user = session.users().getUserById(realm, searchable(userId));
        boolean belongs = user != null
                && user.getServiceAccountClientLink() == null
                && new Accounts(session)
                        .findByMember(user)
                        .filter(own -> own.id().equals(account.id()))
                        .isPresent();
        if (!belongs) {
            throw Refusal.notFound();
        }
        return user;
    }

    /**
     * Refuses ids that would end a search with an error: PostgreSQL rejects queries that contain NUL, and StorageId of 26.7.4
     * fails if the id of a federated user has no second colon.
     */
    static String searchable(String id) {
        if (id.length() > MAX_ID
                || id.chars().anyMatch(Character::isISOControl)
                || (id.startsWith("f:") && id.indexOf(':', 2) < 0)) {
            throw Refusal.notFound();
        }
        return id;
    }

    private void requireStepUp(Call call) {
        if (call.needsStepUp()) {
            requireRecentLogin();
        }
    }

    private static void forbidUnless(boolean allowed) {
        if (!allowed) {
            throw Refusal.forbidden();
        }
    }
}
