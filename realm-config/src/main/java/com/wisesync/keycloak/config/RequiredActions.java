package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be asked of somebody between login and application. */
final class RequiredActions implements Subject {

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        ArrayNode present = realm.requiredActions();
        return Json.objects(wanted.get("requiredActions"))
                .flatMap(action -> changes(action, Json.find(present, "alias", alias(action)), realm))
                .toList();
    }

    private static Stream<Change> changes(ObjectNode wanted, Optional<ObjectNode> present, AdminApi realm) {
        String label = "required action " + alias(wanted);
        if (present.isEmpty()) {
            return Stream.of(new Change(label + ": new", () -> {
                realm.registerRequiredAction(wanted);
                realm.requiredAction(alias(wanted), wanted);
            }));
        }
        ObjectNode changed = present.get().deepCopy();
        List<String> differences = Json.overlay(changed, wanted);
        return differences.isEmpty()
                ? Stream.empty()
                : Stream.of(new Change(label + ": " + differences, () -> realm.requiredAction(alias(wanted), changed)));
    }

    private static String alias(ObjectNode action) {
        return action.path("alias").asText();
    }
}
