package com.wisesync.keycloak.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A call as the OpenAPI file describes it: what to send comes from there. */
record Operation(String id, String method, String path, List<String> queries, JsonNode schema, JsonNode file) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    static List<Operation> all() throws IOException {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream("openapi.yaml")) {
            JsonNode file = new YAMLMapper().readTree(in);
            List<Operation> operations = new ArrayList<>();
            file.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().stream()
                            .filter(method -> METHODS.contains(method.getKey()))
                            .forEach(method -> operations.add(of(path.getKey(), method, file))));
            return operations;
        }
    }

    /** Mostly as described, with something odd in it here and there. */
    String body(Random random, OddValues odd) {
        if (schema.isMissingNode()) {
            return null;
        }
        if (random.nextInt(10) == 0) {
            return odd.body();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        resolve(schema).path("properties").properties().forEach(property -> {
            if (random.nextInt(8) > 0) {
                body.set(property.getKey(), value(property.getKey(), resolve(property.getValue()), random, odd));
            }
        });
        if (random.nextInt(10) == 0) {
            body.set("unknown", odd.any());
        }
        return body.toString();
    }

    private JsonNode value(String name, JsonNode type, Random random, OddValues odd) {
        if (random.nextInt(3) == 0) {
            return odd.any();
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (type.has("enum")) {
            return type.path("enum").get(random.nextInt(type.path("enum").size()));
        }
        return switch (type.path("type").asText()) {
            case "array" -> json.arrayNode().add("one");
            case "boolean" -> json.booleanNode(random.nextBoolean());
            case "integer" -> json.numberNode(random.nextInt(100));
            default ->
                json.textNode(
                        "email".equals(type.path("format").asText())
                                ? "fuzz-" + random.nextInt(1_000_000) + "@test.example"
                                : name + random.nextInt(1_000));
        };
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : resolve(file.at(reference.substring(1)));
    }

    private static Operation of(String path, Map.Entry<String, JsonNode> method, JsonNode file) {
        List<String> queries = new ArrayList<>();
        method.getValue().path("parameters").forEach(parameter -> {
            String reference = parameter.path("$ref").asText();
            JsonNode resolved = reference.isEmpty() ? parameter : file.at(reference.substring(1));
            if ("query".equals(resolved.path("in").asText())) {
                queries.add(resolved.path("name").asText());
            }
        });
        return new Operation(
                method.getValue().path("operationId").asText(),
                method.getKey().toUpperCase(Locale.ROOT),
                path,
                queries,
                method.getValue()
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema"),
                file);
    }
}
