package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A realm without users, and without values that always differ: ids, secrets, names, and the order of sets. */
final class ComparableRealm {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> DIFFERENT_BY_NATURE =
            Set.of("id", "containerId", "secret", "client.secret.creation.time", "displayName");

    private ComparableRealm() {}

    static JsonNode of(Api realms, String realm) {
        String export = realms.post("/" + realm + "/partial-export?exportClients=true&exportGroupsAndRoles=true", null)
                .text()
                .replace(realm, "the-realm");
        try {
            return comparable(JSON.readTree(export));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode comparable(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().stream()
                    .filter(field -> !DIFFERENT_BY_NATURE.contains(field.getKey()))
                    .filter(field -> !field.getValue().asText("x").isEmpty())
                    .forEach(field -> sorted.put(field.getKey(), comparable(field.getValue())));
            ObjectNode result = JsonTrees.object();
            sorted.forEach(result::set);
            return result;
        }
        if (node.isArray()) {
            return JsonTrees.array(StreamSupport.stream(node.spliterator(), false)
                    .map(ComparableRealm::comparable)
                    .collect(Collectors.toMap(JsonNode::toString, element -> element, (a, b) -> a, TreeMap::new))
                    .values()
                    .stream());
        }
        return node;
    }
}
