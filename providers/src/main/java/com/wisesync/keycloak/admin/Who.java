package com.wisesync.keycloak.admin;

/** In what capacity somebody calls. */
enum Who {
    /** Any user of the realm. */
    ANYONE,
    /** A user, about themselves. */
    SELF,
    /** An account-admin, within their account. */
    ACCOUNT_ADMIN,
    /** Wise-Sync support, or a service with their rights, everywhere. */
    STAFF,
    /** A service that may read stored Autotask passwords. */
    CREDENTIAL_READER
}
