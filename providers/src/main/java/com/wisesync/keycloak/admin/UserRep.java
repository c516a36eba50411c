package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.AccountUser;
import com.wisesync.keycloak.user.NewUser;
import java.util.List;
import java.util.Locale;

@JsonInclude(JsonInclude.Include.NON_NULL)
record UserRep(
        String id,
        String username,
        String email,
        String firstName,
        String lastName,
        String role,
        List<String> companies,
        boolean enabled,
        boolean twoFactor,
        String invitation) {

    static UserRep of(AccountUser user) {
        return new UserRep(
                user.id(),
                user.username(),
                user.email(),
                user.firstName(),
                user.lastName(),
                user.role().map(Role::roleName).orElse(null),
                user.companies(),
                user.enabled(),
                user.twoFactor(),
                user.invitation().map(i -> i.name().toLowerCase(Locale.ROOT)).orElse(null));
    }

    /** Without asking the database again for each of thousands. */
    static UserRep imported(String id, NewUser user) {
        return new UserRep(
                id,
                user.username(),
                user.email(),
                user.firstName(),
                user.lastName(),
                user.role().roleName(),
                user.companies(),
                true,
                false,
                user.password().isPresent() ? null : "waiting");
    }
}
