package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Revision;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;

/**
 * A user of an account as the database has them.
 *
 * @param role empty for somebody who holds none of the four roles, or several
 * @param companies the ids assigned to them that the account has now; sorted
 * @param twoFactor whether a second factor is enrolled
 * @param invitation how their invitation stands, for who was invited and has no password yet
 */
public record AccountUser(
        String id,
        String username,
        String email,
        String firstName,
        String lastName,
        Optional<Role> role,
        List<String> companies,
        boolean enabled,
        boolean twoFactor,
        Optional<Invitation> invitation) {

    /** Where an invitation stands. */
    public enum Invitation {
        WAITING,
        MAILED,
        FAILED
    }

    public AccountUser {
        companies = List.copyOf(companies);
    }

    /** Of what an edit replaces: another one means that somebody else has edited. */
    public String version() {
        return Revision.of(List.of(
                id,
                String.valueOf(username),
                String.valueOf(email),
                String.valueOf(firstName),
                String.valueOf(lastName),
                role.map(Role::roleName).orElse(""),
                String.join("|", companies)));
    }

    /** What to call them. */
    public String displayName() {
        String name = ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName)).strip();
        return name.isEmpty() ? username : name;
    }
}
