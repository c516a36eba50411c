package com.wisesync.keycloak.mail;

/** What a user is told has been changed about their account. */
public enum Notice {
    PASSWORD_CHANGED,
    EMAIL_CHANGED,
    USERNAME_CHANGED,
    TWO_FACTOR_ADDED,
    TWO_FACTOR_REMOVED,
    AUTOTASK_CHANGED,
    AUTOTASK_REMOVED,
    DISABLED
}
