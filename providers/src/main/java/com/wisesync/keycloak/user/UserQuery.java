package com.wisesync.keycloak.user;

import com.wisesync.keycloak.role.Role;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which users of an account to list.
 *
 * @param search words that all occur in the name, username or email, see {@link com.wisesync.keycloak.SearchWords}
 * @param role the one role of the user
 * @param company id of a company that is assigned to the user
 * @param enabled whether the user is enabled
 * @param invited whether the user has been invited, has no password yet and has never logged in
 * @param idleDays last login at least this many days ago; at least 1
 * @param neverLoggedIn whether the user has never logged in
 * @param managedByDirectory whether only users that the directory of the account manages are listed
 * @param sort the order
 * @param first how many users to skip
 * @param max how many users to return at most
 */
public record UserQuery(
        Optional<String> search,
        Optional<Role> role,
        Optional<String> company,
        Optional<Boolean> enabled,
        Optional<Boolean> invited,
        Optional<Integer> idleDays,
        Optional<Boolean> neverLoggedIn,
        boolean managedByDirectory,
        Sort sort,
        int first,
        int max) {

    /** All users, by name. */
    public static UserQuery allUsers(int first, int max) {
        return enabledWithRole(null, null, null, first, max);
    }

    /** The enabled account-admins, by name. */
    public static UserQuery enabledAdmins(int first, int max) {
        return enabledWithRole(Role.ACCOUNT_ADMIN, true, null, first, max);
    }

    /** The enabled account-admins who have logged in at least once. */
    static UserQuery enabledAdminsWhoLoggedIn() {
        return enabledWithRole(Role.ACCOUNT_ADMIN, true, false, 0, 1);
    }

    private static UserQuery enabledWithRole(Role role, Boolean enabled, Boolean neverLoggedIn, int first, int max) {
        return new UserQuery(
                Optional.empty(),
                Optional.ofNullable(role),
                Optional.empty(),
                Optional.ofNullable(enabled),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(neverLoggedIn),
                false,
                Sort.BY_NAME,
                first,
                max);
    }

    /** The order of a list; equal users are sorted by username. */
    public record Sort(Field field, boolean descending) {

        /** By last name, then first name. */
        public static final Sort BY_NAME = new Sort(Field.NAME, false);

        /** What to sort by. */
        public enum Field {
            NAME("name"),
            USERNAME("username"),
            ROLE("role"),
            LAST_LOGIN("lastLogin");

            private final String id;

            Field(String id) {
                this.id = id;
            }
        }

        /**
         * Reads the API's notation.
         *
         * @param text the name of a field, with {@code -} in front for descending order
         * @return empty if there is no such field
         */
        public static Optional<Sort> parse(String text) {
            boolean descending = text.startsWith("-");
            String id = descending ? text.substring(1) : text;
            return Arrays.stream(Field.values())
                    .filter(field -> field.id.equals(id))
                    .map(field -> new Sort(field, descending))
                    .findFirst();
        }
    }
}
