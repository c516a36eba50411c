package com.wisesync.keycloak.account;

import com.wisesync.keycloak.Revision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token with which a customer's directory calls SCIM for one account. Only its SHA-256 is stored, which is enough for a secret
 * of 256 random bits.
 *
 * @param id names the token in the API; not secret
 * @param hash SHA-256 of the secret, Base64url
 * @param createdBy id of the user or service account that created it
 */
public record ScimToken(String id, String hash, String createdBy, Instant createdAt, Instant expiresAt) {

    /** The detail of an admin event that names the token with which a directory made a change. */
    public static final String EVENT_DETAIL = "scim-token";

    private static final int PARTS = 4;

    /** The form in which secrets are stored. */
    public static String hashOf(String secret) {
        return Revision.of(List.of(secret));
    }

    /** Whether this is the token with a secret, and it has not expired. Takes the same time for every secret. */
    public boolean accepts(String secret, Instant now) {
        boolean same = MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), hashOf(secret).getBytes(StandardCharsets.US_ASCII));
        return same && now.isBefore(expiresAt);
    }

    String value() {
        return String.join(" ", hash, createdBy, createdAt.toString(), expiresAt.toString());
    }

    /** @return empty if the value is not that of a token, which then is never accepted */
    static Optional<ScimToken> parse(String id, String value) {
        String[] parts = value == null ? new String[0] : value.split(" ");
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ScimToken(id, parts[0], parts[1], Instant.parse(parts[2]), Instant.parse(parts[3])));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "ScimToken[" + id + "]";
    }
}
