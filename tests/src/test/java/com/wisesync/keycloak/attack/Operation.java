package com.wisesync.keycloak.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A call of the OpenAPI file, from which requests are generated. */
record Operation(String id, String method, String path, List<String> queries, JsonNode schema, JsonNode file) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    static List<Operation> all() {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream("openapi.yaml")) {
            JsonNode file = new YAMLMapper().readTree(in);
            List<Operation> operations = new ArrayList<>();
            file.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().stream()
                            .filter(method -> METHODS.contains(method.getKey()))
                            .forEach(method -> operations.add(of(path.getKey(), method, file))));
            return operations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The possible fields of the body; empty for a call without one. */
    Map<String, JsonNode> fields() {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        resolve(schema)
                .path("properties")
                .properties()
                .forEach(field -> fields.put(field.getKey(), resolve(field.getValue())));
        return fields;
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

    @Override
    public String toString() {
        return id;
    }
}
