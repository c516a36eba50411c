package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads and builds representations as JSON trees. */
final class JsonTrees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTrees() {}

    static Stream<ObjectNode> objects(JsonNode list) {
        return list == null
                ? Stream.empty()
                : StreamSupport.stream(list.spliterator(), false).map(ObjectNode.class::cast);
    }

    static Stream<String> texts(JsonNode list) {
        return list == null
                ? Stream.empty()
                : StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    static Set<String> names(JsonNode list) {
        return objects(list).map(node -> node.path("name").asText()).collect(Collectors.toSet());
    }

    static Optional<ObjectNode> find(JsonNode list, String field, String value) {
        return objects(list)
                .filter(node -> node.path(field).asText().equals(value))
                .findFirst();
    }

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static ArrayNode array(Stream<? extends JsonNode> nodes) {
        ArrayNode array = NODES.arrayNode();
        nodes.forEach(array::add);
        return array;
    }

    static ObjectNode without(ObjectNode node, String... fields) {
        return node.deepCopy().without(List.of(fields));
    }

    /** Whether {@code present} has every value of {@code wanted}; it may have more fields, but no longer lists. */
    static boolean contains(JsonNode present, JsonNode wanted) {
        if (wanted instanceof ObjectNode object) {
            return object.properties().stream()
                    .allMatch(field ->
                            present.has(field.getKey()) && contains(present.get(field.getKey()), field.getValue()));
        }
        if (wanted instanceof ArrayNode list) {
            return present.size() == list.size()
                    && IntStream.range(0, list.size()).allMatch(i -> contains(present.get(i), list.get(i)));
        }
        return present.asText().equals(wanted.asText());
    }
}
