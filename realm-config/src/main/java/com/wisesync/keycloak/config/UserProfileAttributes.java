package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The attributes of the User Profile. An attribute that still is Keycloak's default is replaced at the first run; to others,
 * missing parts of the files are added. Attributes that the files do not name stay.
 */
final class UserProfileAttributes implements Section {

    private static final String ATTRIBUTES = "attributes";

    @Override
    public String name() {
        return "user-profile";
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        ObjectNode profile = realm.userProfile().deepCopy();
        ArrayNode attributes = profile.withArrayProperty(ATTRIBUTES);
        List<RealmChange> changes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        JsonTrees.objects(UserProfile.of(comparison.files()).get(ATTRIBUTES)).forEach(attribute -> {
            String name = attribute.path("name").asText();
            int index = index(attributes, name);
            if (index < 0) {
                attributes.add(attribute);
                lines.add("+ %s: new".formatted(name));
                return;
            }
            ObjectNode existing = (ObjectNode) attributes.get(index);
            if (same(existing, attribute)) {
                return;
            }
            String path = name() + "/" + name;
            if (comparison.values().isKeycloakDefault(path, value -> same(existing, (ObjectNode) value))) {
                attributes.set(index, attribute);
                lines.add("- %s: Keycloak's default".formatted(name));
                lines.add("+ %s: as in the files".formatted(name));
            } else {
                comparison
                        .values()
                        .overlay(path, existing, attribute)
                        .forEach(line -> lines.add(line.substring(0, 2) + name + "." + line.substring(2)));
            }
        });
        if (!lines.isEmpty()) {
            changes.add(RealmChange.of("user profile", lines, () -> realm.updateUserProfile(profile)));
        }
        return changes;
    }

    private static int index(ArrayNode attributes, String name) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).path("name").asText().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Compares role lists as sets, and ignores values that Keycloak leaves out when they are empty or false. */
    private static boolean same(ObjectNode present, ObjectNode wanted) {
        return normalized(present).equals(normalized(wanted));
    }

    private static ObjectNode normalized(ObjectNode attribute) {
        ObjectNode normalized = JsonTrees.object();
        attribute.properties().forEach(field -> {
            JsonNode value = normalized(field.getValue());
            boolean isFalse = value.isBoolean() && !value.asBoolean();
            boolean isEmpty = value.isContainerNode() && value.isEmpty();
            if (!value.isNull() && !isFalse && !isEmpty) {
                normalized.set(field.getKey(), value);
            }
        });
        return normalized;
    }

    private static JsonNode normalized(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode normalized = JsonTrees.object();
            object.properties().forEach(field -> normalized.set(field.getKey(), normalized(field.getValue())));
            return normalized;
        }
        return value instanceof ArrayNode list ? JsonTrees.array(sorted(list).stream()) : value;
    }

    private static List<JsonNode> sorted(ArrayNode list) {
        List<JsonNode> nodes = new ArrayList<>();
        list.forEach(nodes::add);
        nodes.sort(Comparator.comparing(JsonNode::asText));
        return nodes;
    }
}
