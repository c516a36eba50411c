package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.wisesync.keycloak.simulator.Exchange;
import com.wisesync.keycloak.simulator.WisePaySimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract with Wise-Pay is consistent, its examples are signed messages, and the simulator answers as it says. */
class ContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "contract-key";
    private static final Pattern EXAMPLE_SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]+");
    private static final String POST = "/v1/link-deactivations";

    private final Contract contract = Contract.read();
    private final HttpClient http = HttpClient.newHttpClient();
    private String secret;
    private WisePaySimulator wisePay;

    @BeforeEach
    void startsWisePay() throws IOException {
        Matcher example = EXAMPLE_SECRET.matcher(
                contract.operation("post", POST).path("description").asText());
        assertThat(example.find()).isTrue();
        secret = example.group();
        wisePay = WisePaySimulator.start(0, KEY, secret);
    }

    @AfterEach
    void stopsWisePay() {
        wisePay.close();
    }

    @Test
    void examplesOfMessagesAreValidAndSigned() throws Exception {
        JsonNode post = contract.operation("post", POST);
        JsonNode media = post.at("/requestBody/content/application~1json");
        assertThat(media.path("examples")).hasSize(2);
        for (Map.Entry<String, JsonNode> example : media.path("examples").properties()) {
            JsonNode body = example.getValue().path("value");
            assertThat(contract.violations(media.path("schema"), body)).isEmpty();
            assertThat(header("webhook-id", example.getKey()))
                    .isEqualTo(body.path("id").asText());
            assertThat(header("webhook-signature", example.getKey()))
                    .isEqualTo(new Webhook(secret)
                            .sign(
                                    header("webhook-id", example.getKey()),
                                    Long.parseLong(header("webhook-timestamp", example.getKey())),
                                    JSON.writeValueAsString(body)));
        }
    }

    @Test
    void examplesOfAnswersAreValid() {
        contract.api()
                .path("paths")
                .forEach(path ->
                        path.forEach(operation -> operation.path("responses").forEach(answer -> {
                            JsonNode media = contract.resolved(answer).at("/content/application~1json");
                            List<JsonNode> examples = media.has("example")
                                    ? List.of(media.path("example"))
                                    : media.path("examples").findValues("value");
                            assertThat(examples)
                                    .isNotEmpty()
                                    .allSatisfy(
                                            example -> assertThat(contract.violations(media.path("schema"), example))
                                                    .isEmpty());
                        })));
    }

    @Test
    void theSimulatorFollowsTheContract() throws Exception {
        wisePay.addOneOfEach("user");
        get("?user=user", KEY);
        get("?user=unknown", KEY);
        get("?status=active&first=0&max=2", KEY);
        get("?user=user", "another-key");
        deactivate("one", "user", secret);
        deactivate("one", "user", secret);
        deactivate("two", "unknown", secret);
        deactivate("three", "user", "whsec_dGhlLW5leHQtd2ViaG9vay1zZWNyZXQ=");

        assertThat(wisePay.exchanges())
                .extracting(Exchange::status)
                .containsExactly(200, 200, 200, 401, 200, 200, 404, 401);
        assertThat(wisePay.exchanges())
                .allSatisfy(
                        exchange -> assertThat(contract.violations(exchange)).isEmpty());
    }

    @Test
    void detectsViolationsOfTheContract() throws Exception {
        get("?user=user&page=2", KEY);
        get("?status=inactive", KEY);
        post("{}", Map.of("webhook-id", "one"));

        List<List<String>> violations =
                wisePay.exchanges().stream().map(contract::violations).toList();
        assertThat(violations.get(0)).containsExactly("unknown parameter page");
        assertThat(violations.get(1)).anyMatch(violation -> violation.contains("enumeration"));
        assertThat(violations.get(2))
                .contains("no webhook-timestamp", "no webhook-signature")
                .anyMatch(violation -> violation.contains("occurredAt"));
    }

    private String header(String name, String example) {
        for (JsonNode parameter : contract.operation("post", POST).path("parameters")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("examples").path(example).path("value").asText();
            }
        }
        throw new AssertionError("No header " + name);
    }

    private void get(String query, String key) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(uri("/v1/links" + query)).header("Authorization", "Bearer " + key));
    }

    private void deactivate(String id, String user, String signingSecret) throws Exception {
        String body = """
                {"id":"%s","type":"user.disabled","occurredAt":"2026-11-28T09:30:00.000Z","reason":"admin","user":{"id":"%s"}}""".formatted(id, user);
        long now = Instant.now().getEpochSecond();
        post(
                body,
                Map.of(
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        String.valueOf(now),
                        "webhook-signature",
                        new Webhook(signingSecret).sign(id, now, body)));
    }

    private void post(String body, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(POST))
                .header("Authorization", "Bearer " + KEY)
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        send(request);
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + wisePay.port() + path);
    }
}
