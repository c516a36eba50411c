package com.wisesync.keycloak.access;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;

/**
 * What a user has access to: one account, in one role.
 *
 * @param assigned the ids of the companies assigned to the user that the account still has; empty for roles without assigned
 *     companies
 */
public record Access(Account account, Role role, List<String> assigned) {

    public Access {
        assigned = List.copyOf(assigned);
    }

    /** The ids of the companies the user may work with; empty if there are more than {@code max}. */
    public Optional<List<String>> companies(int max) {
        return role == Role.ACCOUNT_ADMIN
                ? account.companyIds(max)
                : Optional.of(assigned).filter(ids -> ids.size() <= max);
    }

    /** Which companies, in words: {@code all} of the account, those {@code listed}, or {@code none}. */
    public String companyAccess() {
        return switch (role) {
            case ACCOUNT_ADMIN -> "all";
            case USER -> "listed";
            case MERCHANT_ADMIN, MERCHANT_USER -> "none";
        };
    }
}
