package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;

/** The rules of an account about its users. The account has to be locked, so that they still hold at the commit. */
final class AccountRules {

    private final Account account;
    private final AccountUsers users;

    AccountRules(Account account, AccountUsers users) {
        this.account = account;
        this.users = users;
    }

    /**
     * Requires a configured account with a company. Staff may create the first account-admin earlier; a directory may create
     * users while the account has no company.
     *
     * @throws Refusal otherwise
     */
    void requireReadyFor(Role role, Actor actor) {
        boolean ready = account.psa().isPresent()
                && (actor.isDirectory() || !account.companies().isEmpty());
        if (!ready && !(actor.isStaff() && role == Role.ACCOUNT_ADMIN)) {
            throw Refusal.conflict(null, "wiseSyncAccountNotReady", account.name());
        }
    }

    /**
     * Requires companies for a role that lists them, none for the others, and only companies of the account. Only a directory
     * may leave a user without a company, and so without access.
     *
     * @throws Refusal otherwise
     */
    void requireFitting(Role role, List<String> companies, Actor actor) {
        if (!role.listsCompanies() && !companies.isEmpty()) {
            throw Refusal.invalid("companies", "wiseSyncCompaniesNeedRoleUser");
        }
        if (role.listsCompanies() && companies.isEmpty() && !actor.isDirectory()) {
            throw Refusal.invalid("companies", "wiseSyncCompanyMissing");
        }
        Optional<String> unknown =
                companies.stream().filter(id -> account.company(id).isEmpty()).findFirst();
        if (unknown.isPresent()) {
            throw Refusal.invalid("companies", "wiseSyncCompanyUnknown");
        }
    }

    /**
     * Requires staff in accounts that run Autotask.
     *
     * @throws Refusal otherwise
     */
    void requireMayChangeRole(Actor actor) {
        boolean autotask = account.psa().filter(Psa.AUTOTASK::equals).isPresent();
        if (!actor.isStaff() && autotask) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN, List.of(Refusal.Reason.of("role", "wiseSyncRoleChangedBySupport")));
        }
    }

    /**
     * Requires that an account keeps an account-admin who is enabled and has logged in; until one has, an enabled one is enough.
     * Invited admins who never logged in do not count, because they may never accept.
     *
     * @param user who is to be disabled or to lose the role
     * @param key of the message that refuses it
     * @throws Refusal if the user is the last one
     */
    void requireNotLastAdmin(AccountUser user, String key) {
        boolean admin =
                user.enabled() && user.role().filter(Role.ACCOUNT_ADMIN::equals).isPresent();
        if (!admin) {
            return;
        }
        long loggedIn = users.count(account, UserQuery.enabledAdminsWhoLoggedIn());
        boolean last = loggedIn == 0
                ? users.count(account, UserQuery.enabledAdmins(0, 1)) < 2
                : user.lastLogin().isPresent() && loggedIn < 2;
        if (last) {
            throw Refusal.conflict(null, key, user.displayName(), account.name());
        }
    }
}
