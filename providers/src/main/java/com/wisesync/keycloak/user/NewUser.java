package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;

/**
 * Somebody to create.
 *
 * @param companies ids; some for a role that lists companies, none for the others
 * @param username their e-mail address, unless they want another
 * @param password empty to invite them, so that they choose it themselves
 */
public record NewUser(
        Role role,
        List<String> companies,
        String firstName,
        String lastName,
        String email,
        String username,
        Optional<String> password) {

    public NewUser {
        companies = companies.stream().distinct().toList();
    }
}
