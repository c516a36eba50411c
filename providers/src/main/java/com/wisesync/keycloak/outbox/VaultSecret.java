package com.wisesync.keycloak.outbox;

import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/** Reads secrets from the vault of the realm in the session's context. They are read every time, so that they can be replaced. */
public final class VaultSecret {

    /**
     * Printable ASCII, several parts separated by spaces. Anything else cannot be part of a header: the HTTP client would throw
     * an exception whose text contains the secret.
     */
    private static final Pattern VALID = Pattern.compile("(?! )[\\x20-\\x7e]+(?<! )");

    private static final Pattern VALID_KEY = Pattern.compile("[\\x21-\\x7e]+");

    private VaultSecret() {}

    /**
     * Reads an API key.
     *
     * @param reference a vault reference, whose form was checked: Keycloak returns other text as the secret itself
     * @throws UnusableSecretException if there is none, or if it contains spaces, line breaks or other control characters
     */
    public static String apiKey(String reference, KeycloakSession session) throws UnusableSecretException {
        return read(reference, session, VALID_KEY);
    }

    /**
     * Reads webhook secrets.
     *
     * @param reference a vault reference, whose form was checked: Keycloak returns other text as the secret itself
     * @throws UnusableSecretException if there is none, or if one is not a webhook secret
     */
    public static WebhookSignature webhookSecrets(String reference, KeycloakSession session)
            throws UnusableSecretException {
        try {
            return WebhookSignature.with(read(reference, session, VALID));
        } catch (IllegalArgumentException e) {
            // The message describes the form and contains nothing of the secret.
            throw new UnusableSecretException(
                    DeliveryError.of("wiseSyncSecretInvalid").withDetail(reference + ": " + e.getMessage()));
        }
    }

    private static String read(String reference, KeycloakSession session, Pattern valid)
            throws UnusableSecretException {
        try (VaultStringSecret secret = session.vault().getStringSecret(reference)) {
            // A file's line break at its end is not part of the secret.
            String text = secret.get().map(String::strip).orElse("");
            if (text.isEmpty()) {
                throw new UnusableSecretException(DeliveryError.of(UnusableSecretException.MISSING)
                        .withDetail(reference + " is not in the vault"));
            }
            if (!valid.matcher(text).matches()) {
                throw new UnusableSecretException(DeliveryError.of("wiseSyncSecretInvalid")
                        .withDetail(reference + " contains line breaks or other characters that are not allowed"));
            }
            return text;
        }
    }
}
