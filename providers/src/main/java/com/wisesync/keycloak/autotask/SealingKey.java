package com.wisesync.keycloak.autotask;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * An AES-256 key from the Vault.
 *
 * @param kid the name of its Vault entry
 */
record SealingKey(String kid, SecretKey key) {

    private static final int BYTES = 32;

    /** A Vault entry holds 32 bytes as Base64, with or without a trailing newline. */
    static Optional<SealingKey> parse(String kid, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        try {
            return bytes.length == BYTES
                    ? Optional.of(new SealingKey(kid, new SecretKeySpec(bytes, "AES")))
                    : Optional.empty();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "SealingKey[kid=" + kid + "]";
    }
}
