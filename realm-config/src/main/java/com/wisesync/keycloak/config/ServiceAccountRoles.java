package com.wisesync.keycloak.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The client roles of service accounts: the only role mappings of users that are not demo data. */
final class ServiceAccountRoles implements Section {

    @Override
    public String name() {
        return "service-accounts";
    }

    @Override
    public List<RealmChange> changes(Comparison comparison) {
        return JsonTrees.objects(comparison.files().get("users"))
                .filter(user -> user.hasNonNull("serviceAccountClientId"))
                .flatMap(user -> user.withObjectProperty("clientRoles").properties().stream()
                        .flatMap(roles -> changes(
                                user.get("serviceAccountClientId").asText(),
                                roles.getKey(),
                                JsonTrees.texts(roles.getValue()).collect(Collectors.toSet()),
                                comparison.realm())))
                .toList();
    }

    private static Stream<RealmChange> changes(
            String service, String clientId, Set<String> wanted, RealmAdminClient realm) {
        Optional<String> serviceId = Clients.id(service, realm);
        Optional<String> client = Clients.id(clientId, realm);
        Set<String> granted = serviceId.isPresent() && client.isPresent()
                ? JsonTrees.names(realm.clientRolesOf(account(serviceId.get(), realm), client.get()))
                : Set.of();
        Set<String> missing =
                wanted.stream().filter(role -> !granted.contains(role)).collect(Collectors.toSet());
        return missing.isEmpty()
                ? Stream.empty()
                : Stream.of(RealmChange.of(
                        "service account %s, roles of %s".formatted(service, clientId),
                        missing.stream().sorted().map(role -> "+ " + role).toList(),
                        () -> grant(service, clientId, missing, realm)));
    }

    private static void grant(String service, String clientId, Set<String> roles, RealmAdminClient realm) {
        String client = Clients.id(clientId, realm).orElseThrow();
        String account = account(Clients.id(service, realm).orElseThrow(), realm);
        realm.grant(
                account,
                client,
                JsonTrees.array(JsonTrees.objects(realm.clientRoles(client))
                        .filter(role -> roles.contains(role.path("name").asText()))));
    }

    private static String account(String service, RealmAdminClient realm) {
        return realm.serviceAccount(service).path("id").asText();
    }
}
