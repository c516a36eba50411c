package com.wisesync.keycloak.autotask;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

/**
 * The configured keys in the Vault of the session's realm. Reads the Vault each time, so that a removed key is unusable at
 * once.
 */
final class Keyring {

    private static final Logger LOG = Logger.getLogger(Keyring.class);

    private final VaultTranscriber vault;
    private final List<String> kids;

    /** @param kids names of Vault entries, newest first */
    Keyring(VaultTranscriber vault, List<String> kids) {
        this.vault = vault;
        this.kids = List.copyOf(kids);
    }

    /**
     * The newest key, for encrypting. Never falls back to an older key, which would hide a mistyped name until that key is
     * retired.
     */
    Optional<SealingKey> newest() {
        return read(newestKid());
    }

    String newestKid() {
        return kids.get(0);
    }

    /** The key with this id, for decrypting. Ids that are not configured are never looked up in the Vault. */
    Optional<SealingKey> named(String kid) {
        return kids.contains(kid) ? read(kid) : Optional.empty();
    }

    /** The configured names whose Vault entry is missing or is not a key. */
    List<String> unreadable() {
        return kids.stream().filter(kid -> read(kid).isEmpty()).toList();
    }

    private Optional<SealingKey> read(String kid) {
        // The transcriber returns text that is not an expression as the secret (DefaultVaultTranscriber:68, 26.7.4).
        // Names are validated in the configuration, so that this is always an expression.
        try (VaultStringSecret secret = vault.getStringSecret("${vault." + kid + "}")) {
            Optional<String> text = secret.get();
            Optional<SealingKey> key = text.flatMap(base64 -> SealingKey.parse(kid, base64));
            if (text.isPresent() && key.isEmpty()) {
                LOG.warnf("The Vault entry '%s' is not a key: 32 random bytes as Base64 are needed", kid);
            }
            return key;
        }
    }
}
