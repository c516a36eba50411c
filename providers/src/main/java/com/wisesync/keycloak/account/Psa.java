package com.wisesync.keycloak.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The professional-services automation an account runs. An account is configured once it is set. */
public enum Psa {
    AUTOTASK,
    OTHER;

    static final String ATTRIBUTE = "psa";

    /** As attributes and the API write it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Psa> of(String id) {
        return Arrays.stream(values()).filter(p -> p.id().equals(id)).findFirst();
    }
}
