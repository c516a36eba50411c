package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.autotask.AutotaskAccount;
import java.util.Optional;

/** Never the password, not even masked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AutotaskAccountRep(String username, boolean passwordSet, String updatedAt) {

    static AutotaskAccountRep of(Optional<AutotaskAccount> account) {
        return account.map(AutotaskAccountRep::of).orElse(new AutotaskAccountRep(null, false, null));
    }

    static AutotaskAccountRep of(AutotaskAccount account) {
        return new AutotaskAccountRep(
                account.username(),
                account.passwordSet(),
                account.updatedAt() == null ? null : account.updatedAt().toString());
    }
}
