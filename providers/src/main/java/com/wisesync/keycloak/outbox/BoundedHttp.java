package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.OutboundProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls with a time limit that includes the answer's body, and a size limit for the body. */
public final class BoundedHttp {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int MAX_BODY = 1 << 20;

    final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(OutboundProxy.ofKeycloak())
            .build();

    /**
     * Sends a request and reads the whole answer.
     *
     * @param atMost for the whole exchange: HttpRequest's own timeout ends with the answer's head (JDK-8208693)
     * @throws IOException also if there is no answer in time, or if it is too large
     */
    public HttpAnswer send(HttpRequest request, Duration atMost) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, head -> new BoundedBody());
        try {
            HttpResponse<String> response = answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpAnswer(
                    response.statusCode(), response.body(), response.headers().firstValue("Retry-After"));
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("No answer within " + atMost.toMillis() + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException(e.getCause().getClass().getSimpleName());
        } finally {
            // Ends the exchange if it is under way.
            answer.cancel(true);
        }
    }

    private static final class BoundedBody implements BodySubscriber<String> {

        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Subscription newSubscription) {
            subscription = newSubscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (received.size() + buffer.remaining() > MAX_BODY) {
                    subscription.cancel();
                    body.completeExceptionally(new IOException("The answer has more than " + MAX_BODY + " bytes"));
                    return;
                }
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                received.write(bytes, 0, bytes.length);
            }
        }

        @Override
        public void onError(Throwable error) {
            body.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            body.complete(received.toString(StandardCharsets.UTF_8));
        }
    }
}
