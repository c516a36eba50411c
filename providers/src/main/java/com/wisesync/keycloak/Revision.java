package com.wisesync.keycloak;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;

/** A hash of the values that an edit replaces, used as ETag: a different one means that the values have been edited. */
public final class Revision {

    private Revision() {}

    /** SHA-256 of the parts in this order, Base64url. */
    public static String of(Collection<String> parts) {
        byte[] edited = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
        return Base64Url.encode(HashUtils.hash(JavaAlgorithm.SHA256, edited));
    }
}
