package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;

@JsonInclude(JsonInclude.Include.NON_NULL)
record MyAccountRep(String id, String name, String psa) {

    static MyAccountRep of(Account account) {
        return new MyAccountRep(
                account.id(), account.name(), account.psa().map(Psa::id).orElse(null));
    }
}
