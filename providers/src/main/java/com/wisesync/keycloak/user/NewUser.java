package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;

/**
 * A user to create.
 *
 * @param companies ids; at least one for a role that lists companies, none for the others
 * @param username usually the email address
 * @param password empty to invite the user, who then chooses a password
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
