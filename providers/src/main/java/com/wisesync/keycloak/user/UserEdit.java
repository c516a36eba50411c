package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.Role;
import java.util.List;

/** What an edited user is to be like. */
public record UserEdit(
        String firstName, String lastName, String email, String username, Role role, List<String> companies) {

    public UserEdit {
        companies = companies.stream().distinct().sorted().toList();
    }
}
