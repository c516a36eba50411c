package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The client scopes and their protocol mappers. */
final class ClientScopes implements Section {

    @Override
    public String name() {
        return "client-scopes";
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        ArrayNode present = comparison.realm().clientScopes();
        return JsonTrees.objects(comparison.files().get("clientScopes"))
                .flatMap(scope -> changes(scope, JsonTrees.find(present, "name", nameOf(scope)), comparison))
                .toList();
    }

    private Stream<RealmChange> changes(ObjectNode wanted, Optional<ObjectNode> present, Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        ManagedValues values = comparison.values();
        String item = "client scope " + nameOf(wanted);
        if (present.isEmpty()) {
            return Stream.of(RealmChange.of(item, "+ new", () -> realm.createClientScope(values.initial(wanted))));
        }
        ObjectNode scope = present.get();
        String id = scope.path("id").asText();
        String path = name() + "/" + nameOf(wanted);
        List<RealmChange> changes = new ArrayList<>();
        ObjectNode changed = JsonTrees.without(scope, ProtocolMappers.FIELD);
        List<String> lines = values.overlay(path, changed, JsonTrees.without(wanted, ProtocolMappers.FIELD));
        if (!lines.isEmpty()) {
            changes.add(RealmChange.of(item, lines, () -> realm.updateClientScope(id, changed)));
        }
        new ProtocolMappers(
                        item,
                        path,
                        values,
                        mapper -> realm.createMapper(id, mapper),
                        (mapperId, mapper) -> realm.updateMapper(id, mapperId, mapper))
                .changes(scope.get(ProtocolMappers.FIELD), wanted.get(ProtocolMappers.FIELD))
                .forEach(changes::add);
        return changes.stream();
    }

    private static String nameOf(ObjectNode scope) {
        return scope.path("name").asText();
    }
}
