package com.wisesync.keycloak.outbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short forms of ids, for columns of limited length. */
public final class Digest {

    private Digest() {}

    /** An id as the owner of entries: as it is, or a hash if it is longer than the column. */
    public static String ownerId(String id) {
        return id.length() <= NewEntry.MAX_OWNER_ID ? id : hex(id);
    }

    /** SHA-256 as 64 hexadecimal digits. */
    public static String hex(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
