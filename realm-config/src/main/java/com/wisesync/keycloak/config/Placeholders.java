package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves <code>${NAME:default}</code> as Keycloak's import does (StringPropertyReplacer, 26.7). A placeholder without
 * default and without value stays: Keycloak's message keys look the same.
 *
 * <p>An empty variable counts as unset, because Compose and Kubernetes pass unset variables as empty ones.
 */
final class Placeholders {

    /** What Keycloak writes in place of a secret in an export. */
    static final String MASKED = "**********";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

    private final Map<String, String> environment;

    Placeholders(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A copy with all placeholders resolved, those that are not set by their defaults. */
    ObjectNode resolvedIn(ObjectNode node) {
        return (ObjectNode) resolved(node.deepCopy());
    }

    /** A copy with all placeholders resolved, without the values whose placeholders are not set. */
    ObjectNode givenIn(ObjectNode node) {
        return (ObjectNode) resolved(withoutUnset(node.deepCopy()));
    }

    String resolved(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
    }

    boolean hasVariable(String text) {
        return PLACEHOLDER.matcher(text).results().anyMatch(Placeholders::isVariable);
    }

    /** Whether the text needs a variable that the environment does not have. */
    boolean isUnset(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .filter(Placeholders::isVariable)
                .anyMatch(match -> !isSet(match.group(1)));
    }

    /** The variables with a default that is not empty, which the environment does not have, sorted. */
    Set<String> unsetIn(JsonNode node) {
        Set<String> names = new TreeSet<>();
        if (node.isTextual()) {
            PLACEHOLDER
                    .matcher(node.asText())
                    .results()
                    .filter(match -> isVariable(match) && !match.group(2).isEmpty() && !isSet(match.group(1)))
                    .forEach(match -> names.add(match.group(1)));
        }
        node.forEach(child -> names.addAll(unsetIn(child)));
        return names;
    }

    /** The variables whose value is a masked secret, sorted. */
    Set<String> masked() {
        Set<String> names = new TreeSet<>();
        environment.forEach((name, value) -> {
            if (MASKED.equals(value)) {
                names.add(name);
            }
        });
        return names;
    }

    private boolean isSet(String name) {
        String value = environment.getOrDefault(name, "");
        return !value.isEmpty() && !value.equals(MASKED);
    }

    private JsonNode resolved(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List.copyOf(object.properties()).forEach(field -> object.set(field.getKey(), resolved(field.getValue())));
            return object;
        }
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, resolved(list.get(i)));
            }
            return list;
        }
        return node.isTextual() ? TextNode.valueOf(resolved(node.asText())) : node;
    }

    private JsonNode withoutUnset(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> isUnset(field.getValue()));
        } else if (node instanceof ArrayNode list) {
            for (int i = list.size() - 1; i >= 0; i--) {
                if (isUnset(list.get(i))) {
                    list.remove(i);
                }
            }
        }
        node.forEach(this::withoutUnset);
        return node;
    }

    private boolean isUnset(JsonNode node) {
        return node.isTextual() && isUnset(node.asText());
    }

    private String value(MatchResult match) {
        if (isSet(match.group(1))) {
            return environment.get(match.group(1));
        }
        return match.group(2) == null ? match.group() : match.group(2);
    }

    private static boolean isVariable(MatchResult match) {
        return match.group(2) != null;
    }
}
