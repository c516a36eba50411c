package com.wisesync.keycloak.access;

import com.wisesync.keycloak.account.Account;
import com.wisesync.keycloak.role.Role;
import java.util.List;

/**
 * What a user may get at: their account, in one role.
 *
 * @param companies the ids of the companies they may work with, each of which the account has now
 */
public record Access(Account account, Role role, List<String> companies) {

    public Access {
        companies = List.copyOf(companies);
    }
}
