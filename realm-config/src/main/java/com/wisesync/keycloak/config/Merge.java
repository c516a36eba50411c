package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Merges one file of a realm into another: objects field by field, lists of named objects by name. Everything else is
 * replaced.
 */
final class Merge {

    /** The fields that identify an object in a realm's representation; the first existing one is used. */
    private static final List<String> NAMES = List.of("clientId", "alias", "username", "name");

    private Merge() {}

    static void into(ObjectNode target, ObjectNode layer) {
        layer.properties().forEach(field -> {
            JsonNode present = target.get(field.getKey());
            JsonNode added = field.getValue();
            if (present instanceof ObjectNode object && added instanceof ObjectNode other) {
                into(object, other);
            } else if (present instanceof ArrayNode list && added instanceof ArrayNode others && named(list, others)) {
                others.forEach(other -> into(list, (ObjectNode) other));
            } else {
                target.set(field.getKey(), added.deepCopy());
            }
        });
    }

    private static void into(ArrayNode list, ObjectNode layer) {
        StreamSupport.stream(list.spliterator(), false)
                .filter(element -> name(element).equals(name(layer)))
                .findFirst()
                .ifPresentOrElse(element -> into((ObjectNode) element, layer), () -> list.add(layer.deepCopy()));
    }

    private static boolean named(ArrayNode... lists) {
        return List.of(lists).stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .allMatch(element -> name(element).isPresent());
    }

    private static Optional<String> name(JsonNode element) {
        return NAMES.stream()
                .filter(element::hasNonNull)
                .map(field -> field + "=" + element.get(field).asText())
                .findFirst();
    }
}
