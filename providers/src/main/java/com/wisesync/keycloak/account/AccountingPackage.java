package com.wisesync.keycloak.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The accounting package that a company is connected to. */
public enum AccountingPackage {
    XERO,
    QUICKBOOKS,
    MYOB;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The value in attributes and in the API. */
    public String id() {
        return id;
    }

    /** The package with this id; empty if there is none. */
    public static Optional<AccountingPackage> find(String id) {
        return Arrays.stream(values()).filter(p -> p.id.equals(id)).findFirst();
    }
}
