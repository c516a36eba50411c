package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves <code>${NAME:default}</code> as Keycloak's import does (StringPropertyReplacer, 26.7). What has no default and
 * no value stays as it is: Keycloak's message keys look the same.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

    private final Map<String, String> environment;

    Placeholders(Map<String, String> environment) {
        this.environment = environment;
    }

    ObjectNode resolvedIn(ObjectNode node) {
        return (ObjectNode) resolved(node.deepCopy());
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

    private String resolved(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
    }

    private String value(MatchResult match) {
        String otherwise = match.group(2) == null ? match.group() : match.group(2);
        return environment.getOrDefault(match.group(1), otherwise);
    }
}
