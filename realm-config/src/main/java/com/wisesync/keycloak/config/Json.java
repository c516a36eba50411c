package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Representations compared and changed as trees. */
final class Json {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

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

    static ArrayNode array(Stream<? extends JsonNode> nodes) {
        ArrayNode array = NODES.arrayNode();
        nodes.forEach(array::add);
        return array;
    }

    static ObjectNode without(ObjectNode node, String... fields) {
        return node.deepCopy().without(List.of(fields));
    }

    /**
     * Lays what is wanted over what is there. Nothing is taken out: lists get what they lack, and fields that are not
     * wanted stay. A value that is wanted empty is there if it is absent.
     *
     * @return what that changed, one line each; empty if nothing
     */
    static List<String> overlay(ObjectNode present, ObjectNode wanted) {
        List<String> changes = new ArrayList<>();
        wanted.properties().forEach(field -> overlay(present, field.getKey(), field.getValue(), changes));
        return changes;
    }

    private static void overlay(ObjectNode present, String name, JsonNode wanted, List<String> changes) {
        JsonNode there = present.get(name);
        if (wanted instanceof ObjectNode object) {
            ObjectNode inner = there instanceof ObjectNode existing ? existing : present.putObject(name);
            overlay(inner, object).forEach(change -> changes.add(name + "." + change));
        } else if (wanted instanceof ArrayNode list) {
            Set<String> has = texts(there).collect(Collectors.toSet());
            List<JsonNode> missing = StreamSupport.stream(list.spliterator(), false)
                    .filter(element -> !has.contains(element.asText()))
                    .toList();
            if (!missing.isEmpty()) {
                ArrayNode all = there instanceof ArrayNode existing ? existing : present.putArray(name);
                missing.forEach(all::add);
                changes.add("%s: + %s".formatted(name, array(missing.stream())));
            }
        } else if (!text(there).equals(text(wanted))) {
            changes.add("%s: %s -> %s".formatted(name, there == null ? "(nothing)" : there, wanted));
            present.set(name, wanted);
        }
    }

    private static String text(JsonNode node) {
        return node == null ? "" : node.asText();
    }
}
