package com.wisesync.keycloak.autotask;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

/** The keys that are valid now, in the Vault of the realm in the session's context. Nothing is cached: a key taken out of the Vault is gone. */
final class Keyring {

    private static final Logger LOG = Logger.getLogger(Keyring.class);

    private final VaultTranscriber vault;
    private final List<String> kids;

    /** @param kids names of Vault entries, newest first */
    Keyring(VaultTranscriber vault, List<String> kids) {
        this.vault = vault;
        this.kids = List.copyOf(kids);
    }

    /** What encrypts. Never an older one in its stead: a mistyped name would go unseen until the older one is retired. */
    Optional<SealingKey> newest() {
        return read(newestKid());
    }

    String newestKid() {
        return kids.get(0);
    }

    /** What decrypts. A {@code kid} we were not configured with is never looked up, whatever a stored row says. */
    Optional<SealingKey> named(String kid) {
        return kids.contains(kid) ? read(kid) : Optional.empty();
    }

    /** The configured names whose Vault entry is missing or is not a key. */
    List<String> unreadable() {
        return kids.stream().filter(kid -> read(kid).isEmpty()).toList();
    }

    private Optional<SealingKey> read(String kid) {
        // The transcriber hands back text of any other form as if it were the secret (DefaultVaultTranscriber:68 of
        // 26.7.4). The names are validated when they are configured, so that this is always an expression.
        try (VaultStringSecret secret = vault.getStringSecret("${vault." + kid + "}")) {
            Optional<String> text = secret.get();
            Optional<SealingKey> key = text.flatMap(base64 -> SealingKey.parse(kid, base64));
            if (text.isPresent() && key.isEmpty()) {
                LOG.warnf("The Vault entry '%s' is no key: it has to be 32 random bytes as Base64", kid);
            }
            return key;
        }
    }
}
