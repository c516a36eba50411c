package com.wisesync.keycloak.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Chooses one of the emails that a directory sends: the primary one, otherwise that of type work, otherwise the first. */
final class EmailChoice {

    private EmailChoice() {}

    /** The emails that an "add" may store: primary ones and those of type work, as the stored email is both. */
    static ArrayNode addable(JsonNode emails) {
        ArrayNode chosen = JsonNodeFactory.instance.arrayNode();
        for (JsonNode email : emails.isArray() ? emails : List.of(emails)) {
            String type = email.path("type").asText("");
            if (isPrimary(email) || type.isEmpty() || type.equalsIgnoreCase("work")) {
                chosen.add(email);
            }
        }
        return chosen;
    }

    /**
     * @param emails an array of objects or texts, or one of them
     * @param text reads a value by the name of its attribute
     * @return empty if there is none
     */
    static Optional<String> of(JsonNode emails, BiFunction<String, JsonNode, String> text) {
        List<JsonNode> all = emails.isArray()
                ? StreamSupport.stream(emails.spliterator(), false).toList()
                : List.of(emails);
        return Stream.<Predicate<JsonNode>>of(
                        EmailChoice::isPrimary,
                        email -> "work".equalsIgnoreCase(email.path("type").asText()),
                        email -> true)
                .flatMap(preferred -> all.stream().filter(preferred))
                .map(email -> text.apply("emails", email.isObject() ? email.path("value") : email))
                .filter(email -> !email.isEmpty())
                .findFirst();
    }

    /** Microsoft Entra ID writes booleans as texts. */
    private static boolean isPrimary(JsonNode email) {
        return email.path("primary").asText().equalsIgnoreCase("true");
    }
}
