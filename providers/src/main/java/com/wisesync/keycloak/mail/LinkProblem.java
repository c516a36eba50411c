package com.wisesync.keycloak.mail;

/** Why an emailed link does not work any more. The name is the last part of the message key. */
enum LinkProblem {
    /** The link was used, or the password was changed in another way since. */
    USED,
    /** The invited user has logged in without a password, at an identity provider. */
    NOT_NEEDED,
    /** A newer link of the same kind was sent. */
    REPLACED,
    REVOKED,
    EXPIRED,
    /** Something else changed since, for example the email address. */
    OUTDATED,
    DISABLED
}
