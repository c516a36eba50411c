package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.Role;
import java.util.List;

/**
 * The wanted state of a user.
 *
 * @param companies ids; stored sorted and without duplicates
 */
public record UserEdit(
        String firstName, String lastName, String email, String username, Role role, List<String> companies) {

    public UserEdit {
        companies = companies.stream().distinct().sorted().toList();
    }
}
