package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.Role;
import java.util.Optional;

/**
 * Which users of an account to list.
 *
 * @param search part of a name, the username or the e-mail address, in any case
 * @param company assigned to them
 */
public record UserQuery(
        Optional<String> search,
        Optional<Role> role,
        Optional<String> company,
        Optional<Boolean> enabled,
        int first,
        int max) {

    /** Everybody. */
    public static UserQuery everybody(int first, int max) {
        return new UserQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), first, max);
    }
}
