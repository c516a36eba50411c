package com.wisesync.keycloak.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who needs a second factor to log in: every user of the account, or its account-admins and users who enrolled one. */
public enum TwoFactorMode {
    REQUIRED,
    OPTIONAL;

    static final String ATTRIBUTE = "two-factor-mode";

    /** The value in attributes and in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode with this id; empty if there is none. */
    public static Optional<TwoFactorMode> find(String id) {
        return Arrays.stream(values()).filter(m -> m.id().equals(id)).findFirst();
    }
}
