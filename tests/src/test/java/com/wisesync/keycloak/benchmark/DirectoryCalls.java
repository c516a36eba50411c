package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.StockCalls.ok;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Server;
import java.util.List;
import java.util.Map;

/** Calls of a directory over SCIM. */
record DirectoryCalls(Api api) {

    /** An option of the server: directories here send as fast as they can. */
    static final String NO_REQUEST_LIMIT = "--spi-realm-restapi-extension--wise-sync--scim-requests-per-minute=1000000";

    private static final String EXTENSION = "urn:wise-sync:params:scim:schemas:1.0:User";

    /** Connects a directory to an account. */
    static DirectoryCalls connect(Api service, String serverUrl, String account) {
        String token = ok(service.post("/accounts/" + account + "/scim/tokens", null))
                .json()
                .path("secret")
                .asText();
        return new DirectoryCalls(
                new Api(serverUrl + "/realms/" + Server.REALM + "/wise-sync/scim/v2/" + account, () -> token));
    }

    /** Creates the same user as {@link ExtensionCalls#create}. */
    void create(String email) {
        ok(api.post(
                "/Users",
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:schemas:core:2.0:User", EXTENSION),
                        "externalId",
                        "external-" + email,
                        "userName",
                        email,
                        "active",
                        true,
                        "emails",
                        List.of(Map.of("primary", true, "type", "work", "value", email)),
                        "name",
                        Map.of("givenName", "New", "familyName", "Person"),
                        EXTENSION,
                        Map.of("companies", List.of("c1")))));
    }
}
