package com.wisesync.keycloak.access;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.role.Role;
import java.util.List;
import java.util.Optional;

/**
 * What a user may get at: their account, in one role.
 *
 * @param assigned the ids of the companies assigned to them one by one, each of which the account has now; empty for a role
 *     that lists none
 */
public record Access(Account account, Role role, List<String> assigned) {

    public Access {
        assigned = List.copyOf(assigned);
    }

    /** The ids of the companies they may work with; empty if they are more than so many. */
    public Optional<List<String>> companies(int max) {
        return role == Role.ACCOUNT_ADMIN
                ? account.companyIds(max)
                : Optional.of(assigned).filter(ids -> ids.size() <= max);
    }
}
