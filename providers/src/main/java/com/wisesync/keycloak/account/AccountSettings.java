package com.wisesync.keycloak.account;

import java.util.Optional;

/**
 * What staff set on an account.
 *
 * @param name 1 to {@value #MAX_NAME} characters, unique in the realm
 * @param psa empty while the account is not configured
 * @param twoFactorMode who needs a second factor
 * @param enabled whether users of the account have access
 */
public record AccountSettings(String name, Optional<Psa> psa, TwoFactorMode twoFactorMode, boolean enabled) {

    /** The longest name that Keycloak stores. */
    public static final int MAX_NAME = 255;

    /** @throws IllegalArgumentException if the name is missing or too long */
    public AccountSettings {
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("An account's name has 1 to " + MAX_NAME + " characters");
        }
    }
}
