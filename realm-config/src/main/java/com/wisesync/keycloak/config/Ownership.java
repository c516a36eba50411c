package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ownership.yaml}: which values a guarantee depends on, and which values a new Keycloak realm has. */
final class Ownership {

    private final List<Predicate<String>> required;
    private final List<Predicate<String>> exact;
    private final ObjectNode keycloakDefaults;

    Ownership(ObjectNode file) {
        this.required = file.withObjectProperty("required").properties().stream()
                .map(entry -> pattern(entry.getKey()))
                .toList();
        this.exact = JsonTrees.texts(file.get("exact")).map(Ownership::pattern).toList();
        this.keycloakDefaults = file.withObjectProperty("keycloakDefaults");
    }

    /** Whether a guarantee depends on the value, or on a list that contains it. */
    boolean isRequired(String path) {
        return matches(required, path);
    }

    /** Whether the list has exactly the elements of the files. */
    boolean isExact(String path) {
        return matches(exact, path);
    }

    Optional<JsonNode> keycloakDefault(String path) {
        return Optional.ofNullable(keycloakDefaults.get(path));
    }

    private static boolean matches(List<Predicate<String>> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.test(path));
    }

    /** A pattern also matches everything below its path. */
    private static Predicate<String> pattern(String path) {
        String expression = Stream.of(path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
        return Pattern.compile(expression + "(?:/.*)?").asMatchPredicate();
    }
}
