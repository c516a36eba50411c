package com.wisesync.keycloak.access;

import java.util.Locale;

/** Why a user has no access, or may not enter an application. One of them is enough. */
public enum Obstacle {
    /** Not an unmanaged member of exactly one account. */
    NO_ACCOUNT,
    /** None of the four roles, or several. */
    NO_ROLE,
    /** The account is disabled. */
    ACCOUNT_DISABLED,
    /** The role needs assigned companies, and the account has none of those that are assigned. */
    NO_COMPANY,
    /** The username is not an email address, or is also used by someone else. */
    AMBIGUOUS_USERNAME,
    /** The user has access, but their role may not enter this application. */
    OTHER_ROLE,
    /** The user is disabled. Login pages never show it: Keycloak refuses the login before. */
    USER_DISABLED;

    /** The name used by message files and events, for example {@code no-account}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
