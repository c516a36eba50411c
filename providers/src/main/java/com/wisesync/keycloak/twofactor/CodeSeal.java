package com.wisesync.keycloak.twofactor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Generates codes and verifies them by an HMAC under the realm's key over everything a code is bound to. With a plain hash,
 * someone who reads the stored value could try all codes within a second.
 */
final class CodeSeal {

    private static final String PURPOSE = "wise-sync emailed code";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    CodeSeal(SecretKey key) {
        this.key = key;
    }

    static CodeSeal forRealm(KeycloakSession session) {
        return new CodeSeal(session.keys()
                .getActiveKey(session.getContext().getRealm(), KeyUse.SIG, Algorithm.HS512)
                .getSecretKey());
    }

    static String newCode(int digits) {
        StringBuilder code = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            code.append(RANDOM.nextInt(10));
        }
        return code.toString();
    }

    String seal(String code, String id, AuthenticationSessionModel login) {
        return Base64.getEncoder().encodeToString(mac(code, id, login));
    }

    boolean matches(PendingCode pending, String code, AuthenticationSessionModel login) {
        return MessageDigest.isEqual(Base64.getDecoder().decode(pending.seal()), mac(code, pending.id(), login));
    }

    private byte[] mac(String code, String id, AuthenticationSessionModel login) {
        String bound = String.join(
                "\n",
                PURPOSE,
                login.getRealm().getId(),
                login.getAuthenticatedUser().getId(),
                login.getParentSession().getId(),
                login.getTabId(),
                id,
                code);
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(key);
            return hmac.doFinal(bound.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 or the realm's HMAC key is not available", e);
        }
    }
}
