package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The permissions of each realm role. A role has exactly the client roles of the files for the applications of the files.
 * Its other composites stay.
 */
final class RolePermissions implements Section {

    @Override
    public String name() {
        return "permissions";
    }

    @Override
    public boolean grantsToRoles() {
        return true;
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        RealmAdminClient realm = comparison.realm();
        ObjectNode roles = comparison.files().withObjectProperty("roles");
        Set<String> applications = roles.withObjectProperty("client").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> present = JsonTrees.names(realm.realmRoles());
        List<RealmChange> changes = new ArrayList<>();
        JsonTrees.objects(roles.get("realm")).forEach(role -> {
            String name = nameOf(role);
            ArrayNode contained = present.contains(name) ? realm.composites(name) : JsonTrees.array();
            applications.stream()
                    .sorted()
                    .forEach(application -> changes(name, application, permissions(role, application), contained, realm)
                            .forEach(changes::add));
        });
        return changes;
    }

    private static Set<String> permissions(ObjectNode role, String application) {
        return JsonTrees.texts(role.path("composites").path("client").path(application))
                .collect(Collectors.toSet());
    }

    private static Stream<RealmChange> changes(
            String role, String application, Set<String> wanted, ArrayNode contained, RealmAdminClient realm) {
        String client = Clients.id(application, realm).orElse("");
        List<ObjectNode> existing = JsonTrees.objects(contained)
                .filter(permission -> permission.path("containerId").asText().equals(client))
                .toList();
        Set<String> names = existing.stream().map(RolePermissions::nameOf).collect(Collectors.toSet());
        Set<String> missing =
                wanted.stream().filter(name -> !names.contains(name)).collect(Collectors.toSet());
        List<ObjectNode> surplus =
                existing.stream().filter(node -> !wanted.contains(nameOf(node))).toList();
        String item = "role %s, permissions in %s".formatted(role, application);
        Stream<RealmChange> additions = missing.isEmpty()
                ? Stream.empty()
                : Stream.of(RealmChange.of(
                        item,
                        lines("+ ", missing.stream()),
                        () -> realm.addComposites(role, named(missing, application, realm))));
        Stream<RealmChange> removals = surplus.isEmpty()
                ? Stream.empty()
                : Stream.of(RealmChange.of(
                        item,
                        lines("- ", surplus.stream().map(RolePermissions::nameOf)),
                        () -> realm.removeComposites(role, JsonTrees.array(surplus.stream()))));
        return Stream.concat(removals, additions);
    }

    private static ArrayNode named(Set<String> names, String application, RealmAdminClient realm) {
        ArrayNode roles = realm.clientRoles(Clients.id(application, realm).orElseThrow());
        return JsonTrees.array(JsonTrees.objects(roles).filter(role -> names.contains(nameOf(role))));
    }

    private static List<String> lines(String sign, Stream<String> names) {
        return names.sorted().map(name -> sign + name).toList();
    }

    private static String nameOf(ObjectNode node) {
        return node.path("name").asText();
    }
}
