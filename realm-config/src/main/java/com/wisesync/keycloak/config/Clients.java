package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The applications and the service. Redirect addresses and scopes that somebody added to them stay. */
final class Clients implements Subject {

    private static final String DEFAULT_SCOPES = "defaultClientScopes";
    private static final String OPTIONAL_SCOPES = "optionalClientScopes";
    private static final String MAPPERS = "protocolMappers";

    /** The client's own id, by which the admin API names it. */
    static Optional<String> id(String clientId, AdminApi realm) {
        return Json.find(realm.clients(clientId), "clientId", clientId)
                .map(client -> client.path("id").asText());
    }

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        return Json.objects(wanted.get("clients"))
                .flatMap(client -> ofClient(client, realm))
                .toList();
    }

    private static Stream<Change> ofClient(ObjectNode wanted, AdminApi realm) {
        String clientId = wanted.path("clientId").asText();
        Optional<ObjectNode> present = Json.find(realm.clients(clientId), "clientId", clientId);
        String label = "client " + clientId;
        if (present.isEmpty()) {
            return Stream.of(new Change(label + ": new", () -> realm.createClient(wanted)));
        }
        ObjectNode client = present.get();
        String id = client.path("id").asText();
        List<Change> changes = new ArrayList<>();
        ObjectNode changed = client.deepCopy();
        List<String> differences =
                Json.overlay(changed, Json.without(wanted, DEFAULT_SCOPES, OPTIONAL_SCOPES, MAPPERS));
        if (!differences.isEmpty()) {
            changes.add(new Change(label + ": " + differences, () -> realm.client(id, changed)));
        }
        Json.objects(wanted.get(MAPPERS))
                .flatMap(mapper -> mapper(label, client, mapper, realm))
                .forEach(changes::add);
        missing(client, wanted, DEFAULT_SCOPES)
                .map(scope -> new Change(
                        "%s: default scope %s".formatted(label, scope),
                        () -> realm.addDefaultScope(id, scopeId(scope, realm))))
                .forEach(changes::add);
        missing(client, wanted, OPTIONAL_SCOPES)
                .map(scope -> new Change(
                        "%s: optional scope %s".formatted(label, scope),
                        () -> realm.addOptionalScope(id, scopeId(scope, realm))))
                .forEach(changes::add);
        return changes.stream();
    }

    private static Stream<Change> mapper(String label, ObjectNode client, ObjectNode wanted, AdminApi realm) {
        String id = client.path("id").asText();
        String name = wanted.path("name").asText();
        Optional<ObjectNode> present = Json.find(client.get(MAPPERS), "name", name);
        if (present.isEmpty()) {
            return Stream.of(new Change(
                    "%s, mapper %s: new".formatted(label, name), () -> realm.createClientMapper(id, wanted)));
        }
        ObjectNode changed = present.get().deepCopy();
        List<String> differences = Json.overlay(changed, wanted);
        return differences.isEmpty()
                ? Stream.empty()
                : Stream.of(new Change(
                        "%s, mapper %s: %s".formatted(label, name, differences),
                        () -> realm.clientMapper(id, changed.path("id").asText(), changed)));
    }

    private static Stream<String> missing(ObjectNode present, ObjectNode wanted, String field) {
        Set<String> has = Json.texts(present.get(field)).collect(Collectors.toSet());
        return Json.texts(wanted.get(field)).filter(scope -> !has.contains(scope));
    }

    private static String scopeId(String name, AdminApi realm) {
        ArrayNode scopes = realm.clientScopes();
        return Json.find(scopes, "name", name)
                .orElseThrow(() -> new IllegalStateException("No client scope " + name))
                .path("id")
                .asText();
    }
}
