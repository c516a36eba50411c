package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which permissions a realm role contains. Of the applications in the files the role has exactly those listed; what it
 * contains besides is not ours.
 */
final class Permissions implements Subject {

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        ObjectNode roles = wanted.withObjectProperty("roles");
        Set<String> applications = roles.withObjectProperty("client").properties().stream()
                .map(client -> client.getKey())
                .collect(Collectors.toSet());
        Set<String> present = Json.names(realm.realmRoles());
        List<Change> changes = new ArrayList<>();
        Json.objects(roles.get("realm")).forEach(role -> {
            String name = role.path("name").asText();
            ArrayNode contained = present.contains(name) ? realm.composites(name) : Json.array(Stream.empty());
            applications.stream()
                    .sorted()
                    .forEach(application -> changes(name, application, permissions(role, application), contained, realm)
                            .forEach(changes::add));
        });
        return changes;
    }

    private static Set<String> permissions(ObjectNode role, String application) {
        return Json.texts(role.path("composites").path("client").path(application))
                .collect(Collectors.toSet());
    }

    private static Stream<Change> changes(
            String role, String application, Set<String> wanted, ArrayNode contained, AdminApi realm) {
        String client = Clients.id(application, realm).orElse("");
        List<ObjectNode> has = Json.objects(contained)
                .filter(permission -> permission.path("containerId").asText().equals(client))
                .toList();
        Set<String> names = has.stream().map(Permissions::name).collect(Collectors.toSet());
        Set<String> missing =
                wanted.stream().filter(name -> !names.contains(name)).collect(Collectors.toSet());
        List<ObjectNode> surplus =
                has.stream().filter(node -> !wanted.contains(name(node))).toList();
        Stream<Change> additions = missing.isEmpty()
                ? Stream.empty()
                : Stream.of(new Change(
                        "role %s may, in %s: + %s".formatted(role, application, sorted(missing.stream())),
                        () -> realm.addComposites(role, named(missing, application, realm))));
        Stream<Change> removals = surplus.isEmpty()
                ? Stream.empty()
                : Stream.of(new Change(
                        "role %s may, in %s: - %s"
                                .formatted(
                                        role,
                                        application,
                                        sorted(surplus.stream().map(Permissions::name))),
                        () -> realm.removeComposites(role, Json.array(surplus.stream()))));
        return Stream.concat(additions, removals);
    }

    private static ArrayNode named(Set<String> names, String application, AdminApi realm) {
        ArrayNode roles = realm.clientRoles(Clients.id(application, realm).orElseThrow());
        return Json.array(Json.objects(roles).filter(role -> names.contains(name(role))));
    }

    private static List<String> sorted(Stream<String> names) {
        return names.sorted().toList();
    }

    private static String name(ObjectNode node) {
        return node.path("name").asText();
    }
}
