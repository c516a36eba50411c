package com.wisesync.keycloak.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The professional services automation (PSA) that an account uses. An account is configured once it is set. */
public enum Psa {
    AUTOTASK,
    OTHER;

    static final String ATTRIBUTE = "psa";

    /** The value in attributes and in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The PSA with this id; empty if there is none. */
    public static Optional<Psa> find(String id) {
        return Arrays.stream(values()).filter(p -> p.id().equals(id)).findFirst();
    }
}
