package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The client scopes and their protocol mappers. */
final class ClientScopes implements Subject {

    private static final String MAPPERS = "protocolMappers";

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        ArrayNode present = realm.clientScopes();
        return Json.objects(wanted.get("clientScopes"))
                .flatMap(scope -> changes(scope, Json.find(present, "name", name(scope)), realm))
                .toList();
    }

    private static Stream<Change> changes(ObjectNode wanted, Optional<ObjectNode> present, AdminApi realm) {
        String label = "client scope " + name(wanted);
        if (present.isEmpty()) {
            return Stream.of(new Change(label + ": new", () -> realm.createClientScope(wanted)));
        }
        ObjectNode scope = present.get();
        String id = scope.path("id").asText();
        List<Change> changes = new ArrayList<>();
        ObjectNode changed = Json.without(scope, MAPPERS);
        List<String> differences = Json.overlay(changed, Json.without(wanted, MAPPERS));
        if (!differences.isEmpty()) {
            changes.add(new Change(label + ": " + differences, () -> realm.clientScope(id, changed)));
        }
        Json.objects(wanted.get(MAPPERS))
                .flatMap(
                        mapper -> mapper(label, id, mapper, Json.find(scope.get(MAPPERS), "name", name(mapper)), realm))
                .forEach(changes::add);
        return changes.stream();
    }

    private static Stream<Change> mapper(
            String label, String scope, ObjectNode wanted, Optional<ObjectNode> present, AdminApi realm) {
        String mapper = "%s, mapper %s".formatted(label, name(wanted));
        if (present.isEmpty()) {
            return Stream.of(new Change(mapper + ": new", () -> realm.createMapper(scope, wanted)));
        }
        ObjectNode changed = present.get().deepCopy();
        List<String> differences = Json.overlay(changed, wanted);
        return differences.isEmpty()
                ? Stream.empty()
                : Stream.of(new Change(
                        mapper + ": " + differences,
                        () -> realm.mapper(scope, changed.path("id").asText(), changed)));
    }

    private static String name(ObjectNode node) {
        return node.path("name").asText();
    }
}
