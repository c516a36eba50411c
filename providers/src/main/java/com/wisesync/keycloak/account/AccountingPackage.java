package com.wisesync.keycloak.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a company is connected to. */
public enum AccountingPackage {
    XERO,
    QUICKBOOKS,
    MYOB;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** As attributes and the API write it. */
    public String id() {
        return id;
    }

    public static Optional<AccountingPackage> of(String id) {
        return Arrays.stream(values()).filter(p -> p.id.equals(id)).findFirst();
    }
}
