package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.user.AccountWarnings;
import java.util.List;
import java.util.Map;

/** Accounts as the API shows them, with what should be seen to. */
final class AccountReps {

    private final AccountWarnings warnings;
    private final Texts texts;

    AccountReps(Request request) {
        this.warnings = new AccountWarnings(request.session());
        this.texts = request.texts();
    }

    AccountRep of(Account account) {
        return of(List.of(account)).get(0);
    }

    List<AccountRep> of(List<Account> accounts) {
        Map<String, List<Reason>> found = warnings.of(accounts);
        return accounts.stream()
                .map(account -> AccountRep.of(
                        account,
                        found.get(account.id()).stream().map(this::shown).toList()))
                .toList();
    }

    private WarningRep shown(Reason warning) {
        return new WarningRep(warning.key(), texts.of(warning));
    }
}
