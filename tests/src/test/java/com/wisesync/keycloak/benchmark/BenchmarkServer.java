package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.ClientResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;

/** A server of the benchmark, with both APIs. */
record BenchmarkServer(KeycloakProcess server, Api extensionApi, Api stockApi) {

    /** An application of the demo realm without any client scope or mapper of the extension. */
    static final Application PLAIN =
            new Application("benchmark-plain", Optional.of("benchmark-plain-secret"), Application.WISE_SYNC.redirect());

    private static final String STOCK_ADMIN = "benchmark-stock-admin";
    private static final String STOCK_ADMIN_SECRET = "benchmark-stock-admin-secret";
    /** Longer than a run. */
    private static final String TWO_HOURS = "7200";

    static BenchmarkServer of(KeycloakProcess server) {
        try (Keycloak admin = server.adminClient()) {
            RealmResource realm = Server.realm(admin);
            plainApplication(realm);
            stockAdmin(realm);
            longTokens(realm, "wise-sync-service");
        }
        String stockToken =
                Tokens.ofService(server, STOCK_ADMIN, STOCK_ADMIN_SECRET).access();
        return new BenchmarkServer(
                server, service(server), new Api(server.url() + "/admin/realms/" + Server.REALM, () -> stockToken));
    }

    /** Our admin API as the demo's service. */
    static Api service(KeycloakProcess server) {
        String token = Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                .access();
        return new Api(server.apiUrl(), () -> token);
    }

    /** Adds copies of wise-sync-app that receive back-channel logouts. */
    List<Application> applications(int count, UnaryOperator<String> logoutUrl) {
        try (Keycloak admin = server.adminClient()) {
            RealmResource realm = Server.realm(admin);
            return IntStream.rangeClosed(1, count)
                    .mapToObj(n -> loggedOut(realm, "benchmark-application-" + n, logoutUrl))
                    .toList();
        }
    }

    private static Application loggedOut(RealmResource realm, String name, UnaryOperator<String> logoutUrl) {
        Application application =
                new Application(name, Optional.of(name + "-secret"), Application.WISE_SYNC.redirect());
        ClientRepresentation client = copyOfWiseSync(realm, application);
        client.getAttributes().put("backchannel.logout.url", logoutUrl.apply(name));
        client.getProtocolMappers().forEach(mapper -> mapper.setId(null));
        created(realm.clients().create(client));
        return application;
    }

    private static ClientRepresentation copyOfWiseSync(RealmResource realm, Application application) {
        ClientRepresentation client =
                realm.clients().findByClientId(Application.WISE_SYNC.clientId()).get(0);
        client.setId(null);
        client.setClientId(application.clientId());
        client.setSecret(application.secret().orElseThrow());
        client.getAttributes().remove("wise-sync.lifecycle.url");
        return client;
    }

    private static void plainApplication(RealmResource realm) {
        ClientRepresentation client = copyOfWiseSync(realm, PLAIN);
        client.setDefaultClientScopes(client.getDefaultClientScopes().stream()
                .filter(scope -> !scope.equals("wise-sync"))
                .toList());
        client.setAuthenticationFlowBindingOverrides(Map.of());
        client.setProtocolMappers(List.of());
        created(realm.clients().create(client));
    }

    private static void stockAdmin(RealmResource realm) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(STOCK_ADMIN);
        client.setSecret(STOCK_ADMIN_SECRET);
        client.setServiceAccountsEnabled(true);
        client.setStandardFlowEnabled(false);
        client.setPublicClient(false);
        created(realm.clients().create(client));
        ClientResource made = longTokens(realm, STOCK_ADMIN);
        new People(realm).grant(made.getServiceAccountUser().getId(), "realm-management", "realm-admin");
    }

    private static ClientResource longTokens(RealmResource realm, String clientId) {
        ClientRepresentation client = realm.clients().findByClientId(clientId).get(0);
        client.getAttributes().put("access.token.lifespan", TWO_HOURS);
        ClientResource resource = realm.clients().get(client.getId());
        resource.update(client);
        return resource;
    }

    private static void created(Response answer) {
        try (answer) {
            if (answer.getStatus() != Response.Status.CREATED.getStatusCode()) {
                throw new IllegalStateException("Not made: " + answer.readEntity(String.class));
            }
        }
    }
}
