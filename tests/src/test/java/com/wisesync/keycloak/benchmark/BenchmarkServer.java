package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String AN_HOUR = "3600";

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

    private static void plainApplication(RealmResource realm) {
        ClientRepresentation client =
                realm.clients().findByClientId("wise-sync-app").get(0);
        client.setId(null);
        client.setClientId(PLAIN.clientId());
        client.setSecret(PLAIN.secret().orElseThrow());
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
        String management =
                realm.clients().findByClientId("realm-management").get(0).getId();
        realm.users()
                .get(made.getServiceAccountUser().getId())
                .roles()
                .clientLevel(management)
                .add(List.of(realm.clients()
                        .get(management)
                        .roles()
                        .get("realm-admin")
                        .toRepresentation()));
    }

    private static ClientResource longTokens(RealmResource realm, String clientId) {
        ClientRepresentation client = realm.clients().findByClientId(clientId).get(0);
        client.getAttributes().put("access.token.lifespan", AN_HOUR);
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
