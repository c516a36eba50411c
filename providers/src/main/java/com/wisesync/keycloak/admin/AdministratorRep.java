package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.user.AccountUser;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom a member of an account can ask. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AdministratorRep(String name, String email) {

    static AdministratorRep of(AccountUser user) {
        String name = Stream.of(user.firstName(), user.lastName())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return new AdministratorRep(name.isBlank() ? user.username() : name, user.email());
    }
}
