package com.wisesync.keycloak.mail;

/** The changes of their account that a user is notified of. */
public enum Notice {
    PASSWORD_CHANGED,
    EMAIL_CHANGED,
    USERNAME_CHANGED,
    TWO_FACTOR_ADDED,
    TWO_FACTOR_REMOVED,
    TWO_FACTOR_MODE_CHANGED,
    SESSIONS_ENDED,
    AUTOTASK_CHANGED,
    AUTOTASK_REMOVED,
    SCIM_TOKEN_CREATED,
    SCIM_TOKEN_REVOKED,
    DISABLED
}
