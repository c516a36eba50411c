package com.wisesync.keycloak;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;

/** Of what an edit replaces: another one means that somebody else has edited. */
public final class Revision {

    private Revision() {}

    public static String of(Collection<String> parts) {
        byte[] edited = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
        return Base64Url.encode(HashUtils.hash(JavaAlgorithm.SHA256, edited));
    }
}
