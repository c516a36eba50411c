package com.wisesync.keycloak.access;

import java.util.Locale;

/** Why a user has no access, or may not enter an application. Any one of these is enough. */
public enum Obstacle {
    /** Not an unmanaged member of exactly one account. */
    NO_ACCOUNT,
    /** None of the four roles, or several. */
    NO_ROLE,
    /** The account was turned off. */
    ACCOUNT_DISABLED,
    /** A role with listed companies, and the account has none of those listed. */
    NO_COMPANY,
    /** The username is no e-mail address, or stands for somebody else. */
    AMBIGUOUS_USERNAME,
    /** Access, but in a role that is not for this application. */
    OTHER_ROLE;

    /** As message files and events name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
