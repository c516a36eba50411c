package com.wisesync.keycloak.account;

import java.util.Optional;

/**
 * What staff say about an account.
 *
 * @param psa empty as long as the account is not configured
 */
public record AccountSettings(String name, Optional<Psa> psa, TwoFactorMode twoFactorMode, boolean enabled) {

    public static final int MAX_NAME = 255;

    public AccountSettings {
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("An account's name has 1 to " + MAX_NAME + " characters");
        }
    }
}
