package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Revision;
import com.wisesync.keycloak.mail.Invitation;
import com.wisesync.keycloak.role.Role;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A user of an account, as stored in the database.
 *
 * @param role empty if the user holds none of the four roles, or several
 * @param companies ids of the assigned companies that the account has; sorted
 * @param twoFactor whether a second factor is enrolled
 * @param invitation the state of the invitation, for invited users who have neither a password nor logged in
 * @param lastLogin the day of the last login, UTC; empty if the user has never logged in
 * @param managedByDirectory whether the directory of the account manages the user, over SCIM; never an account-admin
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
        Optional<Invitation> invitation,
        Optional<LocalDate> lastLogin,
        boolean managedByDirectory) {

    /** Whether the user has an invitation that was neither accepted nor revoked. */
    boolean isInvited() {
        return invitation
                .filter(open -> open.state() != Invitation.State.REVOKED)
                .isPresent();
    }

    /** Whether the newest invitation was mailed and neither accepted nor revoked. */
    boolean isInvitationMailed() {
        return invitation.filter(open -> open.sentAt() != null).isPresent();
    }

    public AccountUser {
        companies = List.copyOf(companies);
    }

    /** A hash of the fields that an edit replaces. It changes when the user is edited. */
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

    /** First and last name, or the username if there are none. */
    public String displayName() {
        String name = ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName)).strip();
        return name.isEmpty() ? username : name;
    }

    /** The same user without one of the companies. */
    public AccountUser withoutCompany(String companyId) {
        return new AccountUser(
                id,
                username,
                email,
                firstName,
                lastName,
                role,
                companies.stream().filter(company -> !company.equals(companyId)).toList(),
                enabled,
                twoFactor,
                invitation,
                lastLogin,
                managedByDirectory);
    }
}
