package com.wisesync.keycloak.autotask;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.vault.DefaultVaultRawSecret;
import org.keycloak.vault.DefaultVaultTranscriber;
import org.keycloak.vault.VaultProvider;
import org.keycloak.vault.VaultRawSecret;

/** A vault in memory behind Keycloak's own transcriber. */
final class Keys implements VaultProvider {

    private final Map<String, String> entries = new HashMap<>();

    Keys with(String entry, int filler) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filler);
        return with(entry, Base64.getEncoder().encodeToString(bytes) + "\n");
    }

    Keys with(String entry, String text) {
        entries.put(entry, text);
        return this;
    }

    Keyring ring(String... kids) {
        return new Keyring(new DefaultVaultTranscriber(this), List.of(kids));
    }

    @Override
    public VaultRawSecret obtainSecret(String entry) {
        return DefaultVaultRawSecret.forBuffer(Optional.ofNullable(entries.get(entry))
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void close() {
        entries.clear();
    }
}
