package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The realm roles, and the permissions, which are client roles. {@link RolePermissions} adds the ones to the others. */
final class Roles implements Section {

    @Override
    public String name() {
        return "roles";
    }

    @Override
    public boolean grantsToRoles() {
        return true;
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        ObjectNode roles = comparison.files().withObjectProperty("roles");
        Set<String> present = JsonTrees.names(realm.realmRoles());
        Stream<RealmChange> realmRoles = JsonTrees.objects(roles.get("realm"))
                .filter(role -> !present.contains(nameOf(role)))
                .map(role -> JsonTrees.without(role, "composites"))
                .map(role -> RealmChange.of("role " + nameOf(role), "+ new", () -> realm.createRealmRole(role)));
        Stream<RealmChange> clientRoles = roles.withObjectProperty("client").properties().stream()
                .flatMap(client -> clientRoles(client.getKey(), JsonTrees.objects(client.getValue()), realm));
        return Stream.concat(realmRoles, clientRoles).toList();
    }

    /**
     * The realm roles that existed before the extension and have the name of one of its roles. A user with such a role
     * would get the permissions of the files. A role with the files' own description is from an earlier, interrupted run.
     *
     * @return their names in the order of the files; empty if the realm has opted in
     */
    static List<String> foreign(Comparison comparison) {
        if (!comparison.values().isFirst()) {
            return List.of();
        }
        var present = comparison.realm().realmRoles();
        return JsonTrees.objects(comparison.files().at("/roles/realm"))
                .filter(role -> JsonTrees.find(present, "name", nameOf(role))
                        .filter(existing -> !existing.path("description").equals(role.path("description")))
                        .isPresent())
                .map(Roles::nameOf)
                .toList();
    }

    private static Stream<RealmChange> clientRoles(String clientId, Stream<ObjectNode> wanted, RealmAdminClient realm) {
        Optional<String> id = Clients.id(clientId, realm);
        Set<String> present =
                id.map(client -> JsonTrees.names(realm.clientRoles(client))).orElse(Set.of());
        return wanted.filter(role -> !present.contains(nameOf(role)))
                .map(role -> RealmChange.of(
                        "client %s, role %s".formatted(clientId, nameOf(role)),
                        "+ new",
                        () -> realm.createClientRole(Clients.id(clientId, realm).orElseThrow(), role)));
    }

    private static String nameOf(ObjectNode role) {
        return role.path("name").asText();
    }
}
