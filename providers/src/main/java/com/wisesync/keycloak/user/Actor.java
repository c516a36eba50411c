package com.wisesync.keycloak.user;

/** The caller who changes users. */
public interface Actor {

    /** The id of the user or service account. */
    String userId();

    /** Whether the actor has the rights of staff; otherwise it is an account-admin, or a user who edits themselves. */
    boolean isStaff();

    /** Whether the actor is an account-admin. */
    boolean isAccountAdmin();

    /** Whether the actor is the customer's directory, over SCIM. */
    default boolean isDirectory() {
        return false;
    }

    /**
     * Requires a login that is recent enough for step-up.
     *
     * @throws RuntimeException otherwise
     */
    void requireRecentLogin();
}
