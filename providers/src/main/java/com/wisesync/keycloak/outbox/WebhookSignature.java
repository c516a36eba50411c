package com.wisesync.keycloak.outbox;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as the Standard Webhooks specification says: {@code v1,} and the HMAC-SHA256 of id, timestamp and body, one for each
 * secret, so that a receiver that knows either the old or the new one during a rotation can verify it.
 */
public final class WebhookSignature {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final List<byte[]> keys;

    private WebhookSignature(List<byte[]> keys) {
        this.keys = keys;
    }

    /**
     * @param secrets one, or several separated by white space, each Base64 with or without {@code whsec_}
     * @throws IllegalArgumentException when there is none, or one is not of that form; the message holds nothing of it
     */
    public static WebhookSignature with(String secrets) {
        List<byte[]> keys = Arrays.stream(secrets.strip().split("\\s+"))
                .map(WebhookSignature::key)
                .toList();
        return new WebhookSignature(keys);
    }

    /**
     * A signed POST of JSON.
     *
     * @param id the id of the message, the same for every attempt
     */
    public HttpRequest.Builder post(URI url, String id, String body) {
        Instant now = Instant.now();
        return HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .header("webhook-signature", of(id, now, body))
                .POST(BodyPublishers.ofString(body));
    }

    String of(String id, Instant timestamp, String body) {
        byte[] signed = (id + "." + timestamp.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] key(String secret) {
        String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        byte[] key;
        try {
            key = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message shows a character of the secret.
            throw new IllegalArgumentException("A webhook secret is not Base64");
        }
        if (key.length < SHORTEST || key.length > LONGEST) {
            throw new IllegalArgumentException(
                    "A webhook secret has " + SHORTEST + " to " + LONGEST + " bytes, this one has " + key.length);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every Java", e);
        }
    }
}
