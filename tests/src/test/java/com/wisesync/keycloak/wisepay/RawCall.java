package com.wisesync.keycloak.wisepay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An HTTP request read from a socket. */
record RawCall(String head, String body) {

    /** Null if there is no further request. */
    static RawCall read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.write(c);
            if (c == '\n' && head.toString(UTF_8).endsWith("\r\n\r\n")) {
                String text = head.toString(UTF_8);
                return new RawCall(text, new String(in.readNBytes(length(text)), UTF_8));
            }
        }
        return null;
    }

    boolean isGet() {
        return head.startsWith("GET");
    }

    /** A numeric parameter of the address. */
    int parameter(String name) {
        String after = head.substring(head.indexOf(name + "=") + name.length() + 1);
        return Integer.parseInt(after.split("[^0-9]", 2)[0]);
    }

    /** Whether the library of the Standard Webhooks specification accepts the signature. */
    boolean verifiedWith(String secret) {
        try {
            new Webhook(secret).verify(body, headers(head));
            return true;
        } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
            return false;
        }
    }

    private static int length(String head) {
        return Integer.parseInt(
                headers(head).getOrDefault("content-length", List.of("0")).get(0));
    }

    private static Map<String, List<String>> headers(String head) {
        return head.lines()
                .map(line -> line.split(": ", 2))
                .filter(header -> header.length == 2)
                .collect(Collectors.toMap(
                        header -> header[0].toLowerCase(Locale.ROOT),
                        header -> List.of(header[1].strip()),
                        (first, second) -> first));
    }
}
