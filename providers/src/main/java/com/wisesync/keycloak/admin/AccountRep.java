package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
record AccountRep(
        String id,
        String name,
        String alias,
        String psa,
        String twoFactorMode,
        boolean enabled,
        int companies,
        List<WarningRep> warnings) {

    static AccountRep of(Account account, List<WarningRep> warnings) {
        return new AccountRep(
                account.id(),
                account.name(),
                account.alias(),
                account.psa().map(Psa::id).orElse(null),
                account.twoFactorMode().id(),
                account.enabled(),
                account.companies().size(),
                warnings);
    }
}
