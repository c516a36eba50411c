package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The User Profile. An attribute of ours is exactly as the files have it; those that the realm has besides stay.
 */
final class PersonalData implements Subject {

    private static final String ATTRIBUTES = "attributes";

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        ObjectNode profile = realm.userProfile();
        ObjectNode changed = profile.deepCopy();
        List<String> differences = new ArrayList<>();
        ArrayNode attributes = changed.withArrayProperty(ATTRIBUTES);
        Json.objects(UserProfile.of(wanted).get(ATTRIBUTES)).forEach(attribute -> {
            String name = attribute.path("name").asText();
            int index = index(attributes, name);
            if (index < 0) {
                attributes.add(attribute);
                differences.add(name);
            } else if (!same((ObjectNode) attributes.get(index), attribute)) {
                attributes.set(index, attribute);
                differences.add(name);
            }
        });
        return differences.isEmpty()
                ? List.of()
                : List.of(new Change("user profile: " + differences, () -> realm.userProfile(changed)));
    }

    private static int index(ArrayNode attributes, String name) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).path("name").asText().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Lists of roles are sets, and what is empty or false is left out sometimes. */
    private static boolean same(ObjectNode present, ObjectNode wanted) {
        return normal(present).equals(normal(wanted));
    }

    private static ObjectNode normal(ObjectNode attribute) {
        ObjectNode normal = Json.object();
        attribute.properties().stream()
                .sorted((a, b) -> a.getKey().compareTo(b.getKey()))
                .forEach(field -> {
                    JsonNode value = normal(field.getValue());
                    if (!value.isNull()
                            && !(value.isBoolean() && !value.asBoolean())
                            && !(value.isContainerNode()
                                    && value.isEmpty()
                                    && !field.getKey().contains("-"))) {
                        normal.set(field.getKey(), value);
                    }
                });
        return normal;
    }

    private static JsonNode normal(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode sorted = Json.object();
            object.properties().stream()
                    .sorted((a, b) -> a.getKey().compareTo(b.getKey()))
                    .forEach(field -> sorted.set(field.getKey(), normal(field.getValue())));
            return sorted;
        }
        return value instanceof ArrayNode list ? Json.array(sorted(list).stream()) : value;
    }

    private static List<JsonNode> sorted(ArrayNode list) {
        List<JsonNode> nodes = new ArrayList<>();
        list.forEach(nodes::add);
        nodes.sort((a, b) -> a.asText().compareTo(b.asText()));
        return nodes;
    }
}
