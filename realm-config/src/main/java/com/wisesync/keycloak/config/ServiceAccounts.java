package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What services may do. The one thing about users that is not demo data. */
final class ServiceAccounts implements Subject {

    @Override
    public List<Change> changes(ObjectNode wanted, AdminApi realm) {
        return Json.objects(wanted.get("users"))
                .filter(user -> user.hasNonNull("serviceAccountClientId"))
                .flatMap(user -> user.withObjectProperty("clientRoles").properties().stream()
                        .flatMap(roles -> changes(
                                user.get("serviceAccountClientId").asText(),
                                roles.getKey(),
                                Json.texts(roles.getValue()).collect(Collectors.toSet()),
                                realm)))
                .toList();
    }

    private static Stream<Change> changes(String service, String clientId, Set<String> wanted, AdminApi realm) {
        Optional<String> serviceId = Clients.id(service, realm);
        Optional<String> client = Clients.id(clientId, realm);
        Set<String> granted = serviceId.isPresent() && client.isPresent()
                ? Json.names(realm.clientRolesOf(account(serviceId.get(), realm), client.get()))
                : Set.of();
        Set<String> missing =
                wanted.stream().filter(role -> !granted.contains(role)).collect(Collectors.toSet());
        return missing.isEmpty()
                ? Stream.empty()
                : Stream.of(new Change(
                        "service %s may: + %s"
                                .formatted(service, missing.stream().sorted().toList()),
                        () -> grant(service, clientId, missing, realm)));
    }

    private static void grant(String service, String clientId, Set<String> roles, AdminApi realm) {
        String client = Clients.id(clientId, realm).orElseThrow();
        String account = account(Clients.id(service, realm).orElseThrow(), realm);
        realm.grant(
                account,
                client,
                Json.array(Json.objects(realm.clientRoles(client))
                        .filter(role -> roles.contains(role.path("name").asText()))));
    }

    private static String account(String service, AdminApi realm) {
        return realm.serviceAccount(service).path("id").asText();
    }
}
