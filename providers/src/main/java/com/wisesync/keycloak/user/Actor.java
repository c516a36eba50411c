package com.wisesync.keycloak.user;

/** Who does something to a user. */
public interface Actor {

    String userId();

    /** Whether they have staff's rights; otherwise they are an account-admin, or edit themselves. */
    boolean isStaff();

    boolean isAccountAdmin();

    /** @throws RuntimeException unless they have logged in lately */
    void requireRecentLogin();
}
