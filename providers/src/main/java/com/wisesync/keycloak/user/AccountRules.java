package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;

/** What an account asks of its users. Wants the account locked, so that what is judged is still so at the commit. */
final class AccountRules {

    private final Account account;
    private final AccountUsers users;

    AccountRules(Account account, AccountUsers users) {
        this.account = account;
        this.users = users;
    }

    /** Staff make the first account-admin, who then sees to the rest. */
    void requireReadyFor(Role role, Actor actor) {
        boolean ready = account.psa().isPresent() && !account.companies().isEmpty();
        if (!ready && !(actor.isStaff() && role == Role.ACCOUNT_ADMIN)) {
            throw Refusal.conflict(null, "wiseSyncAccountNotReady", account.name());
        }
    }

    void requireFitting(Role role, List<String> companies) {
        if (!role.listsCompanies() && !companies.isEmpty()) {
            throw Refusal.invalid("companies", "wiseSyncCompaniesNeedRoleUser");
        }
        if (role.listsCompanies() && companies.isEmpty()) {
            throw Refusal.invalid("companies", "wiseSyncCompanyMissing");
        }
        Optional<String> unknown =
                companies.stream().filter(id -> account.company(id).isEmpty()).findFirst();
        if (unknown.isPresent()) {
            throw Refusal.invalid("companies", "wiseSyncCompanyUnknown");
        }
    }

    void requireMayChangeRole(Actor actor) {
        boolean autotask = account.psa().filter(Psa.AUTOTASK::equals).isPresent();
        if (!actor.isStaff() && autotask) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN, List.of(Refusal.Reason.of("role", "wiseSyncRoleChangedBySupport")));
        }
    }

    /** @param key says what can't be done to the last one */
    void requireNotLastAdmin(AccountUser user, String key) {
        boolean admin =
                user.enabled() && user.role().filter(Role.ACCOUNT_ADMIN::equals).isPresent();
        if (admin && users.count(account, enabledAdmins()) < 2) {
            throw Refusal.conflict(null, key, user.displayName(), account.name());
        }
    }

    static UserQuery enabledAdmins() {
        return new UserQuery(
                Optional.empty(), Optional.of(Role.ACCOUNT_ADMIN), Optional.empty(), Optional.of(true), 0, 1);
    }
}
