package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.OutboundProxy;
import com.wisesync.keycloak.outbox.DeliveryResult;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts a logout token, as OpenID Connect Back-Channel Logout 1.0 specifies, or requests a logout at an identity provider.
 * Follows no redirect, reads no answer's body, and waits at most {@link #TIMEOUT} for all of it.
 */
final class LogoutSender {

    /** From connecting to the head of the answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(2))
            .proxy(OutboundProxy.ofKeycloak())
            .build();

    /**
     * Sends the token once.
     *
     * @return delivered for 2xx; dead letter for a 4xx that says that the token is not accepted; otherwise to be repeated
     */
    DeliveryResult send(URI address, String token) throws InterruptedException {
        return send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                        .build(),
                299);
    }

    /** Requests the logout address of an identity provider once. A redirect is a success too, as for Keycloak (26.7.4). */
    DeliveryResult get(URI address) throws InterruptedException {
        return send(HttpRequest.newBuilder(address).build(), 399);
    }

    private DeliveryResult send(HttpRequest request, int lastSuccess) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return evaluate(
                    answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode(), lastSuccess);
        } catch (TimeoutException e) {
            return DeliveryResult.retry("No answer within " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return DeliveryResult.retry(name(e.getCause()));
        } finally {
            // Ends the exchange if it is still running.
            answer.cancel(true);
        }
    }

    private static DeliveryResult evaluate(int status, int lastSuccess) {
        String error = "The answer was " + status;
        if (status >= 200 && status <= lastSuccess) {
            return DeliveryResult.delivered();
        }
        boolean temporary = status == 401 || status == 403 || status == 404 || status == 408 || status == 429;
        return status >= 400 && status < 500 && !temporary
                ? DeliveryResult.deadLetter(error)
                : DeliveryResult.retry(error);
    }

    /** Without the message, which may contain the address. */
    private static String name(Throwable cause) {
        return cause instanceof IOException ? cause.getClass().getSimpleName() : "No connection";
    }
}
