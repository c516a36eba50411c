package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Decides for each value of the files whether an existing realm gets it, and sets it:
 *
 * <ul>
 *   <li>a required value always;
 *   <li>a value with a placeholder if the environment has it;
 *   <li>an initial value if the realm has none, and at the first run also if the realm has Keycloak's default.
 * </ul>
 *
 * <p>Objects are merged and lists are extended: nothing that the files do not name is removed, except from lists that are
 * {@link Ownership#isExact exact}.
 */
final class ManagedValues {

    private final Ownership ownership;
    private final Placeholders placeholders;
    private final boolean first;

    /** @param first whether the realm has not opted in yet, so that its values may be Keycloak's defaults */
    ManagedValues(Ownership ownership, Placeholders placeholders, boolean first) {
        this.ownership = ownership;
        this.placeholders = placeholders;
        this.first = first;
    }

    Placeholders placeholders() {
        return placeholders;
    }

    /** Whether the files are applied for the first time. */
    boolean isFirst() {
        return first;
    }

    /** Whether an element that the realm lacks is added: if it is required, or at the first run. */
    boolean isManaged(String path) {
        return first || ownership.isRequired(path);
    }

    /** Whether the value is Keycloak's default, which the first run replaces. */
    boolean isKeycloakDefault(String path, Predicate<JsonNode> equalTo) {
        return first && ownership.keycloakDefault(path).filter(equalTo).isPresent();
    }

    /** What a new item is created from: values whose placeholders are not set are left out. */
    ObjectNode initial(ObjectNode wanted) {
        return placeholders.givenIn(wanted);
    }

    /**
     * Sets the values of {@code wanted} in {@code present} as far as they are managed.
     *
     * @param path path of both objects, as in {@code ownership.yaml}
     * @return the changed values as lines of a diff, secrets masked; empty if nothing was changed
     */
    List<String> overlay(String path, ObjectNode present, ObjectNode wanted) {
        List<String> lines = new ArrayList<>();
        overlay(path, "", present, wanted, lines);
        return lines;
    }

    private void overlay(String path, String label, ObjectNode present, ObjectNode wanted, List<String> lines) {
        wanted.properties().forEach(field -> {
            String name = field.getKey();
            String fieldPath = path + "/" + name;
            String fieldLabel = label.isEmpty() ? name : label + "." + name;
            JsonNode there = present.get(name);
            if (field.getValue() instanceof ObjectNode object) {
                boolean absent = !(there instanceof ObjectNode);
                ObjectNode inner = absent ? JsonTrees.object() : (ObjectNode) there;
                overlay(fieldPath, fieldLabel, inner, object, lines);
                // An empty object has a meaning of its own, for example a validator without settings.
                if (absent && (!inner.isEmpty() || object.isEmpty())) {
                    present.set(name, inner);
                    if (object.isEmpty()) {
                        lines.add("+ " + fieldLabel);
                    }
                }
            } else if (field.getValue() instanceof ArrayNode list) {
                overlayList(fieldPath, fieldLabel, present, list, lines);
            } else {
                overlayValue(fieldPath, fieldLabel, present, field.getValue(), lines);
            }
        });
    }

    private void overlayList(String path, String label, ObjectNode present, ArrayNode list, List<String> lines) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        ArrayNode existing = present.get(name) instanceof ArrayNode array ? array : JsonTrees.array();
        Set<String> has = JsonTrees.texts(existing).collect(Collectors.toSet());
        List<JsonNode> missing = StreamSupport.stream(list.spliterator(), false)
                .filter(element -> !placeholders.isUnset(element.asText()))
                .map(this::resolved)
                .filter(element -> !has.contains(element.asText()))
                .filter(element -> existing.isEmpty() || first || isManaged(path, element, list))
                .toList();
        Set<String> keep = JsonTrees.texts(list).collect(Collectors.toSet());
        List<JsonNode> surplus = ownership.isExact(path)
                ? StreamSupport.stream(existing.spliterator(), false)
                        .filter(element -> !keep.contains(element.asText()))
                        .toList()
                : List.of();
        surplus.forEach(element -> lines.add("- %s: %s".formatted(label, element.asText())));
        missing.forEach(element -> lines.add("+ %s: %s".formatted(label, element.asText())));
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            ArrayNode changed = JsonTrees.array();
            existing.forEach(element -> {
                if (!surplus.contains(element)) {
                    changed.add(element);
                }
            });
            missing.forEach(changed::add);
            present.set(name, changed);
        }
    }

    private boolean isManaged(String path, JsonNode element, ArrayNode list) {
        return ownership.isRequired(path + "/" + element.asText())
                || StreamSupport.stream(list.spliterator(), false)
                        .anyMatch(wanted -> placeholders.hasVariable(wanted.asText())
                                && placeholders.resolved(wanted.asText()).equals(element.asText()));
    }

    private void overlayValue(String path, String label, ObjectNode present, JsonNode wanted, List<String> lines) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        JsonNode there = present.get(name);
        JsonNode value = resolved(wanted);
        if (text(there).equals(text(value))
                || placeholders.isUnset(wanted.asText())
                // Keycloak does not show this secret, so it cannot be compared.
                || text(there).equals(Placeholders.MASKED)
                || !isSet(path, there, wanted)) {
            return;
        }
        if (!text(there).isEmpty()) {
            lines.add("- %s: %s".formatted(label, shown(name, there)));
        }
        lines.add("+ %s: %s".formatted(label, shown(name, value)));
        present.set(name, value);
    }

    private boolean isSet(String path, JsonNode there, JsonNode wanted) {
        return ownership.isRequired(path)
                || placeholders.hasVariable(wanted.asText())
                || text(there).isEmpty()
                || isKeycloakDefault(path, value -> text(value).equals(text(there)));
    }

    private JsonNode resolved(JsonNode node) {
        return node.isTextual() ? TextNode.valueOf(placeholders.resolved(node.asText())) : node;
    }

    private static String shown(String name, JsonNode value) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean secret = lower.endsWith("password") || lower.endsWith("secret");
        return secret && !value.asText().startsWith("${vault.") ? Placeholders.MASKED : value.asText();
    }

    private static String text(JsonNode node) {
        return node == null ? "" : node.asText();
    }
}
