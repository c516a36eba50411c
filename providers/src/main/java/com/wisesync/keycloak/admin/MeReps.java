package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.account.Psa;
import com.wisesync.keycloak.user.AccountUser;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The caller, as the API describes them. */
final class MeReps {

    private MeReps() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeRep(
            String id,
            String username,
            String role,
            MyAccountRep account,
            List<String> permissions,
            boolean staff,
            List<AdministratorRep> administrators) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MyAccountRep(String id, String name, String psa) {

        static MyAccountRep of(Account account) {
            return new MyAccountRep(
                    account.id(), account.name(), account.psa().map(Psa::id).orElse(null));
        }
    }

    /** A contact of an account. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AdministratorRep(String name, String email) {

        static AdministratorRep of(AccountUser user) {
            String name = Stream.of(user.firstName(), user.lastName())
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" "));
            return new AdministratorRep(name.isBlank() ? user.username() : name, user.email());
        }
    }
}
