package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The applications and the service. Redirect URIs, mappers and scopes that an operator added stay.
 *
 * <p>A partial export masks secrets, and importing it makes the mask itself the secret, which anyone can guess. A client
 * of the files with such a secret gets a new one; other clients are reported.
 */
final class Clients implements Section {

    private static final String DEFAULT_SCOPES = "defaultClientScopes";
    private static final String OPTIONAL_SCOPES = "optionalClientScopes";

    /** Finds the client's internal id, which the admin API uses in paths. */
    static Optional<String> id(String clientId, RealmAdminClient realm) {
        return JsonTrees.find(realm.clients(clientId), "clientId", clientId)
                .map(client -> client.path("id").asText());
    }

    @Override
    public String name() {
        return "clients";
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        ArrayNode wanted = (ArrayNode) comparison.files().get("clients");
        Set<String> managed = JsonTrees.objects(wanted).map(Clients::clientId).collect(Collectors.toSet());
        Stream<RealmChange> remarks = JsonTrees.objects(comparison.realm().clients(null))
                .filter(client -> hasMaskedSecret(client) && !managed.contains(clientId(client)))
                .map(client -> RealmChange.remark(
                        "client " + clientId(client),
                        "secret: a literal %s from an export; generate a new secret".formatted(Placeholders.MASKED)));
        return Stream.concat(JsonTrees.objects(wanted).flatMap(client -> changes(client, comparison)), remarks)
                .toList();
    }

    private Stream<RealmChange> changes(ObjectNode wanted, Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        ManagedValues values = comparison.values();
        String clientId = clientId(wanted);
        String item = "client " + clientId;
        Optional<ObjectNode> present = JsonTrees.find(realm.clients(clientId), "clientId", clientId);
        if (present.isEmpty()) {
            return Stream.of(created(item, wanted, comparison));
        }
        ObjectNode client = present.get();
        String id = client.path("id").asText();
        String path = name() + "/" + clientId;
        List<RealmChange> changes = new ArrayList<>();
        ObjectNode changed = client.deepCopy();
        List<String> lines = values.overlay(
                path, changed, JsonTrees.without(wanted, DEFAULT_SCOPES, OPTIONAL_SCOPES, ProtocolMappers.FIELD));
        if (!lines.isEmpty()) {
            changes.add(RealmChange.of(item, lines, () -> realm.updateClient(id, changed)));
        }
        if (hasMaskedSecret(client)) {
            changes.add(RealmChange.of(
                    item,
                    List.of(
                            "- secret: a literal %s from an export".formatted(Placeholders.MASKED),
                            "+ secret: a new one; give it to the application"),
                    () -> realm.regenerateSecret(id)));
        }
        new ProtocolMappers(
                        item,
                        path,
                        values,
                        mapper -> realm.createClientMapper(id, mapper),
                        (mapperId, mapper) -> realm.updateClientMapper(id, mapperId, mapper))
                .changes(client.get(ProtocolMappers.FIELD), wanted.get(ProtocolMappers.FIELD))
                .forEach(changes::add);
        missingScopes(path, DEFAULT_SCOPES, client, wanted, values)
                .map(scope -> RealmChange.of(
                        item,
                        "+ %s: %s".formatted(DEFAULT_SCOPES, scope),
                        () -> realm.addDefaultScope(id, scopeId(scope, realm))))
                .forEach(changes::add);
        missingScopes(path, OPTIONAL_SCOPES, client, wanted, values)
                .map(scope -> RealmChange.of(
                        item,
                        "+ %s: %s".formatted(OPTIONAL_SCOPES, scope),
                        () -> realm.addOptionalScope(id, scopeId(scope, realm))))
                .forEach(changes::add);
        return changes.stream();
    }

    private static RealmChange created(String item, ObjectNode wanted, Comparison comparison) {
        ManagedValues values = comparison.values();
        Set<String> unset = values.placeholders().unsetIn(wanted);
        List<String> lines = unset.isEmpty()
                ? List.of("+ new")
                : List.of("+ new", "! without addresses, because the environment lacks " + String.join(", ", unset));
        return RealmChange.of(item, lines, () -> comparison.realm().createClient(values.initial(wanted)));
    }

    /** An optional scope that is a default scope of the client, or the reverse, counts as present. */
    private static Stream<String> missingScopes(
            String path, String field, ObjectNode present, ObjectNode wanted, ManagedValues values) {
        Set<String> has = Stream.concat(
                        JsonTrees.texts(present.get(DEFAULT_SCOPES)), JsonTrees.texts(present.get(OPTIONAL_SCOPES)))
                .collect(Collectors.toSet());
        return JsonTrees.texts(wanted.get(field))
                .filter(scope -> !has.contains(scope))
                .filter(scope -> values.isManaged("%s/%s/%s".formatted(path, field, scope)));
    }

    private static boolean hasMaskedSecret(ObjectNode client) {
        return Placeholders.MASKED.equals(client.path("secret").asText());
    }

    private static String scopeId(String name, RealmAdminClient realm) {
        return JsonTrees.find(realm.clientScopes(), "name", name)
                .orElseThrow(() -> new IllegalStateException("No client scope " + name))
                .path("id")
                .asText();
    }

    private static String clientId(ObjectNode client) {
        return client.path("clientId").asText();
    }
}
