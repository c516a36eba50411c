package com.wisesync.keycloak.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether everybody in an account needs a second factor, or only who enrolled one (and its admins). */
public enum TwoFactorMode {
    REQUIRED,
    OPTIONAL;

    static final String ATTRIBUTE = "two-factor-mode";

    /** As attributes and the API write it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TwoFactorMode> of(String id) {
        return Arrays.stream(values()).filter(m -> m.id().equals(id)).findFirst();
    }
}
