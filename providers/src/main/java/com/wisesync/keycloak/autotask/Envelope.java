package com.wisesync.keycloak.autotask;

import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.jose.jwe.JWE;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.JWEException;
import org.keycloak.jose.jwe.JWEHeader;
import org.keycloak.jose.jwe.JWEKeyStorage.KeyUse;
import org.keycloak.util.JsonSerialization;

/** A JWE, {@code dir} with A256GCM: Keycloak's JOSE classes have no symmetric key wrap for AES-256 (26.7.4). */
final class Envelope {

    private static final Logger LOG = Logger.getLogger(Envelope.class);

    private final JWE jwe;
    private final JWEHeader header;

    private Envelope(JWE jwe, JWEHeader header) {
        this.jwe = jwe;
        this.header = header;
    }

    static String seal(SealedAccount account, SealingKey key) {
        JWE jwe = new JWE()
                .header(new JWEHeader(JWEConstants.DIRECT, JWEConstants.A256GCM, null, key.kid()))
                .content(toJson(account));
        jwe.getKeyStorage().setCEKKey(key.key(), KeyUse.ENCRYPTION);
        try {
            return jwe.encodeJwe();
        } catch (JWEException e) {
            throw new IllegalStateException("No JWE can be made with the key '" + key.kid() + "'", e);
        }
    }

    /** Empty if the text has another format. The algorithms are fixed, not read from the row. */
    static Optional<Envelope> parse(String compact) {
        JWE jwe;
        try {
            jwe = new JWE(compact);
        } catch (RuntimeException e) {
            LOG.debugf("Not a JWE: %s", e.getClass().getName());
            return Optional.empty();
        }
        JWEHeader header = (JWEHeader) jwe.getHeader();
        boolean known = JWEConstants.DIRECT.equals(header.getAlgorithm())
                && JWEConstants.A256GCM.equals(header.getEncryptionAlgorithm())
                && header.getCompressionAlgorithm() == null
                && header.getKeyId() != null;
        return known ? Optional.of(new Envelope(jwe, header)) : Optional.empty();
    }

    String kid() {
        return header.getKeyId();
    }

    /** Empty if the text was encrypted with another key, or has been changed. */
    Optional<SealedAccount> open(SealingKey key) {
        // Not setDecryptionKey: with "dir" it is ignored (DirectAlgorithmProvider, 26.7.4).
        jwe.getKeyStorage().setCEKKey(key.key(), KeyUse.ENCRYPTION);
        try {
            jwe.verifyAndDecodeJwe();
            return Optional.of(JsonSerialization.readValue(jwe.getContent(), SealedAccount.class));
        } catch (JWEException | IOException e) {
            // Only the exception's class: messages of a JSON parser can quote the input.
            LOG.debugf(
                    "Encrypted with '%s', but cannot be decrypted: %s",
                    kid(), e.getClass().getName());
            return Optional.empty();
        }
    }

    private static byte[] toJson(SealedAccount account) {
        try {
            return JsonSerialization.writeValueAsBytes(account);
        } catch (IOException e) {
            throw new IllegalStateException("A record of strings has no JSON", e);
        }
    }
}
