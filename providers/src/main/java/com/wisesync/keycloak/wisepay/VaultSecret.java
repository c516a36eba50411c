package com.wisesync.keycloak.wisepay;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/** What stands at one place of the vault, for the realm in the session's context; read every time, so that it can be replaced. */
final class VaultSecret {

    private VaultSecret() {}

    /** Empty when there is no vault, no such entry, or nothing in it. */
    static Optional<String> at(String reference, KeycloakSession session) {
        try (VaultStringSecret secret = session.vault().getStringSecret(reference)) {
            return secret.get().map(String::strip).filter(text -> !text.isEmpty());
        }
    }
}
