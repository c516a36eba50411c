package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The required actions. Those that a newer Keycloak adds are not in the files and stay. */
final class RequiredActions implements Section {

    @Override
    public String name() {
        return "required-actions";
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        ArrayNode present = comparison.realm().requiredActions();
        return JsonTrees.objects(comparison.files().get("requiredActions"))
                .flatMap(action -> changes(action, JsonTrees.find(present, "alias", alias(action)), comparison))
                .toList();
    }

    private Stream<RealmChange> changes(ObjectNode wanted, Optional<ObjectNode> present, Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        String item = "required action " + alias(wanted);
        if (present.isEmpty()) {
            return Stream.of(RealmChange.of(item, "+ new", () -> {
                realm.registerRequiredAction(wanted);
                realm.updateRequiredAction(alias(wanted), wanted);
            }));
        }
        ObjectNode changed = present.get().deepCopy();
        List<String> lines = comparison.values().overlay(name() + "/" + alias(wanted), changed, wanted);
        return lines.isEmpty()
                ? Stream.empty()
                : Stream.of(RealmChange.of(item, lines, () -> realm.updateRequiredAction(alias(wanted), changed)));
    }

    private static String alias(ObjectNode action) {
        return action.path("alias").asText();
    }
}
