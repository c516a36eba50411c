package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.BoundedHttp;
import com.wisesync.keycloak.outbox.HttpAnswer;
import com.wisesync.keycloak.outbox.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The three calls to Wise-Pay, to the configured address only. */
final class WisePayApi {

    /** For connecting and the whole answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** For a query for which a user waits. */
    static final Duration QUERY_TIMEOUT = Duration.ofSeconds(3);

    private final BoundedHttp http;
    private final URI url;

    WisePayApi(BoundedHttp http, URI url) {
        this.http = http;
        this.url = url;
    }

    HttpAnswer deactivate(String id, String body, String apiKey, WebhookSignature signature)
            throws IOException, InterruptedException {
        HttpRequest request = with(apiKey, signature.post(URI.create(url + "/v1/link-deactivations"), id, body))
                .build();
        return http.send(request, TIMEOUT);
    }

    List<Link> linksOf(String userId, String apiKey) throws IOException, InterruptedException {
        String user = URLEncoder.encode(userId, StandardCharsets.UTF_8);
        HttpAnswer answer = http.send(to("/v1/links?user=" + user, apiKey).build(), QUERY_TIMEOUT);
        // Wise-Pay does not know this user yet.
        return answer.status() == 404 ? List.of() : LinksJson.links(bodyOf(answer));
    }

    /** A page; a link that can't be read is in it without an id. */
    List<Link> activeLinks(int first, int max, String apiKey) throws IOException, InterruptedException {
        String query = "/v1/links?status=active&first=" + first + "&max=" + max;
        return LinksJson.page(bodyOf(http.send(to(query, apiKey).build(), TIMEOUT)));
    }

    private static String bodyOf(HttpAnswer answer) throws IOException {
        if (!answer.isSuccess()) {
            throw new UnexpectedAnswerException("Wise-Pay answered " + answer.status());
        }
        return answer.body();
    }

    private HttpRequest.Builder to(String path, String apiKey) {
        return with(apiKey, HttpRequest.newBuilder(URI.create(url + path)));
    }

    private static HttpRequest.Builder with(String apiKey, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + apiKey).header("Accept", "application/json");
    }
}
