package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The realm roles, and the permissions, which are client roles. What they contain comes later: see {@link Permissions}. */
final class Roles implements Subject {

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        ObjectNode roles = wanted.withObjectProperty("roles");
        Set<String> present = Json.names(realm.realmRoles());
        Stream<Change> realmRoles = Json.objects(roles.get("realm"))
                .filter(role -> !present.contains(name(role)))
                .map(role -> Json.without(role, "composites"))
                .map(role -> new Change("role %s: new".formatted(name(role)), () -> realm.createRealmRole(role)));
        Stream<Change> clientRoles = roles.withObjectProperty("client").properties().stream()
                .flatMap(client -> clientRoles(client.getKey(), Json.objects(client.getValue()), realm));
        return Stream.concat(realmRoles, clientRoles).toList();
    }

    private static Stream<Change> clientRoles(String clientId, Stream<ObjectNode> wanted, AdminApi realm) {
        Optional<String> id = Clients.id(clientId, realm);
        Set<String> present =
                id.map(client -> Json.names(realm.clientRoles(client))).orElse(Set.of());
        return wanted.filter(role -> !present.contains(name(role)))
                .map(role -> new Change(
                        "permission %s of %s: new".formatted(name(role), clientId),
                        () -> realm.createClientRole(Clients.id(clientId, realm).orElseThrow(), role)));
    }

    private static String name(ObjectNode role) {
        return role.path("name").asText();
    }
}
