package com.wisesync.keycloak.mail;

/** Why an emailed link does not work any more. The name is the last part of the message key. */
enum LinkProblem {
    /** The password was changed since, with this link or in another way. */
    USED,
    /** The link was used, and needed no new password. */
    DONE,
    /** The invited user has logged in without a password, at an identity provider. */
    NOT_NEEDED,
    /** A newer link of the same kind was sent; or the confirmation of an email was withdrawn, which looks the same. */
    REPLACED,
    REVOKED,
    EXPIRED,
    /** Something else changed since, for example the email address. */
    OUTDATED,
    DISABLED
}
