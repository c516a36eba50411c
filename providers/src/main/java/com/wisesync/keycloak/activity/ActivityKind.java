package com.wisesync.keycloak.activity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an entry of the activity log is about. */
public enum ActivityKind {
    LOGGED_IN,
    LOGIN_FAILED,
    LOGGED_OUT,
    LOCKED_OUT,
    UNLOCKED,
    SESSIONS_ENDED,
    IMPERSONATED,
    CREATED,
    CHANGED,
    DISABLED,
    ENABLED,
    DELETED,
    PASSWORD_CHANGED,
    PASSWORD_LINK_MAILED,
    INVITATION_MAILED,
    INVITATION_REVOKED,
    DEVICE_ADDED,
    DEVICES_REMOVED,
    AUTOTASK_STORED,
    AUTOTASK_REMOVED,
    AUTOTASK_READ,
    SCIM_CHANGED,
    SCIM_TOKEN_CREATED,
    SCIM_TOKEN_REVOKED,
    SCIM_COMPANIES_CHANGED,
    ACCOUNT_CREATED,
    ACCOUNT_CHANGED,
    COMPANY_CONNECTED,
    COMPANY_CHANGED,
    COMPANY_DISCONNECTED;

    /** The value in the API and the last part of the message key, for example {@code password-changed}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind with this id; empty if there is none. */
    public static Optional<ActivityKind> find(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
}
