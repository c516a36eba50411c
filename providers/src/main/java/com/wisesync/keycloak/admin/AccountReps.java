package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.user.AccountWarnings;
import java.util.List;

/** Accounts as the API shows them, with what should be seen to. */
final class AccountReps {

    private final AccountWarnings warnings;
    private final Texts texts;

    AccountReps(Request request) {
        this.warnings = new AccountWarnings(request.session());
        this.texts = request.texts();
    }

    AccountRep of(Account account) {
        List<WarningRep> shown = warnings.of(account).stream()
                .map(warning -> new WarningRep(warning.key(), texts.of(warning)))
                .toList();
        return AccountRep.of(account, shown);
    }
}
