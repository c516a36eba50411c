package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.wisesync.keycloak.simulator.Exchange;
import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract with Wise-Pay, {@code wise-pay-openapi.yaml}, as a validator of requests and answers. */
final class Contract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode api;

    private Contract(JsonNode api) {
        this.api = api;
    }

    static Contract read() {
        try {
            return new Contract(new YAMLMapper()
                    .readTree(SourceTree.root()
                            .resolve("realm-config/src/main/resources/wise-pay-openapi.yaml")
                            .toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode api() {
        return api;
    }

    /** The violations of the contract as messages; empty for an exchange that conforms to it. */
    List<String> violations(Exchange exchange) {
        List<String> violations = new ArrayList<>(requestViolations(exchange));
        JsonNode operation = operation(exchange.method(), exchange.uri().getPath());
        if (!operation.isMissingNode()) {
            violations.addAll(ofAnswer(operation, exchange));
        }
        return violations;
    }

    /** The violations of the contract in a request, whatever the answer was. */
    List<String> requestViolations(Exchange exchange) {
        JsonNode operation = operation(exchange.method(), exchange.uri().getPath());
        if (operation.isMissingNode()) {
            return List.of("unknown call " + exchange.method() + " " + exchange.uri());
        }
        List<String> violations = new ArrayList<>();
        violations.addAll(ofParameters(operation, exchange));
        if (!exchange.requestHeaders()
                .getOrDefault("authorization", List.of(""))
                .get(0)
                .startsWith("Bearer ")) {
            violations.add("no API key");
        }
        violations.addAll(ofBody("request", operation.path("requestBody"), exchange.requestBody()));
        return violations;
    }

    /** The violations of a schema of the contract. */
    List<String> violations(JsonNode schema, JsonNode value) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").add(schema);
        root.set("components", api.path("components"));
        return SCHEMAS.getSchema(root, STRICT).validate(value).stream()
                .map(violation -> violation + " in " + value)
                .toList();
    }

    JsonNode operation(String method, String path) {
        return api.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    }

    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : api.at(reference.substring(1));
    }

    private List<String> ofParameters(JsonNode operation, Exchange exchange) {
        Map<String, String> query = query(exchange);
        List<String> violations = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            Optional<String> value = parameter.path("in").asText().equals("query")
                    ? Optional.ofNullable(query.remove(name))
                    : Optional.ofNullable(exchange.requestHeaders().get(name)).map(values -> values.get(0));
            if (value.isEmpty() && parameter.path("required").asBoolean()) {
                violations.add("no " + name);
            }
            value.ifPresent(text ->
                    violations.addAll(violations(parameter.path("schema"), typed(parameter.at("/schema/type"), text))));
        }
        query.keySet().forEach(name -> violations.add("unknown parameter " + name));
        return violations;
    }

    private List<String> ofAnswer(JsonNode operation, Exchange exchange) {
        JsonNode answer = resolved(operation.path("responses").path(String.valueOf(exchange.status())));
        if (answer.isMissingNode()) {
            // The contract does not define other failures, such as 500 and answers of a proxy.
            return exchange.status() < 500 ? List.of("unknown answer " + exchange.status()) : List.of();
        }
        return ofBody("answer", answer, exchange.responseBody());
    }

    private List<String> ofBody(String what, JsonNode described, String body) {
        JsonNode schema = described.at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            return body.isEmpty() ? List.of() : List.of(what + " has a body");
        }
        try {
            return violations(schema, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return List.of(what + " is not JSON: " + body);
        }
    }

    private static JsonNode typed(JsonNode type, String text) {
        return type.asText().equals("integer") && text.matches("-?\\d+")
                ? JSON.getNodeFactory().numberNode(Long.parseLong(text))
                : JSON.getNodeFactory().textNode(text);
    }

    private static Map<String, String> query(Exchange exchange) {
        String query = exchange.uri().getRawQuery();
        return query == null
                ? new HashMap<>()
                : Stream.of(query.split("&", -1))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
