package com.wisesync.keycloak.user;

import com.wisesync.keycloak.LoginNameClaims;
import java.util.List;
import java.util.Optional;

/**
 * The state of a user that a directory wants.
 *
 * @param companies ids; stored sorted and without duplicates
 */
public record DirectoryEdit(
        String username,
        String email,
        String firstName,
        String lastName,
        Optional<String> externalId,
        boolean active,
        List<String> companies) {

    public DirectoryEdit {
        companies = companies.stream().distinct().sorted().toList();
    }

    /** Whether names, addresses and companies are the same. */
    public boolean hasSameData(DirectoryEdit other) {
        return LoginNameClaims.same(username, other.username())
                && LoginNameClaims.same(email, other.email())
                && firstName.equals(other.firstName())
                && lastName.equals(other.lastName())
                && companies.equals(other.companies());
    }

    /** With other companies. */
    public DirectoryEdit withCompanies(List<String> others) {
        return new DirectoryEdit(username, email, firstName, lastName, externalId, active, others);
    }
}
