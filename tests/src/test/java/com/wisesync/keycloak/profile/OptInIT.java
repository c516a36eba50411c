package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;

/** A realm that has not opted in, with everything in it to which the extension reacts. */
class OptInIT {

    private final Testbed testbed = Testbed.get();
    private final String realm = "plain-" + UUID.randomUUID();
    private final Api realms = new Api(
            testbed.server().url() + "/admin/realms",
            () -> testbed.adminClient().tokenManager().getAccessTokenString());

    @BeforeEach
    void makeRealm() {
        realms.post("", Map.of("realm", realm, "enabled", true, "organizationsEnabled", true));
        realms.post("/" + realm + "/roles", Map.of("name", "user"));
        realms.post("/" + realm + "/roles", Map.of("name", "account-admin"));
    }

    @AfterEach
    void removeRealm() {
        realms.delete("/" + realm);
    }

    @Test
    void otherRealmsAllowAnyUsernameAndSeveralRoles() {
        String id = bob();
        String roles = "[%s,%s]"
                .formatted(
                        realms.get("/" + realm + "/roles/user").text(),
                        realms.get("/" + realm + "/roles/account-admin").text());
        String mappings = "/" + realm + "/users/" + id + "/role-mappings/realm";

        assertThat(realms.post(mappings, roles).status()).isEqualTo(204);
        assertThat(realms.get(mappings).json().findValuesAsText("name")).contains("user", "account-admin");
        assertThat(realms.send("DELETE", mappings, roles).status()).isEqualTo(204);
    }

    @Test
    void aPasswordIsEnoughAndTheTokenHasNoClaimsOfTheExtension() {
        String organization = realms.post(
                        "/" + realm + "/organizations",
                        Map.of(
                                "name",
                                "one",
                                "attributes",
                                Map.of(
                                        "company.one", List.of("One"),
                                        "company.one.package", List.of("xero"))))
                .createdId();
        String id = bob();
        realms.post("/" + realm + "/organizations/" + organization + "/members", id);
        realms.post(
                "/" + realm + "/users/" + id + "/role-mappings/realm",
                "[" + realms.get("/" + realm + "/roles/account-admin").text() + "]");
        Answer client = realms.post(
                "/" + realm + "/clients",
                Map.of(
                        "clientId",
                        "app",
                        "publicClient",
                        true,
                        "directAccessGrantsEnabled",
                        true,
                        "protocolMappers",
                        List.of(Map.of(
                                "name",
                                "ours",
                                "protocol",
                                "openid-connect",
                                "protocolMapper",
                                "wise-sync-account-mapper",
                                "config",
                                Map.of("access.token.claim", "true")))));
        assertThat(client.status()).isEqualTo(201);

        try (Keycloak bob = KeycloakBuilder.builder()
                .serverUrl(testbed.server().url())
                .realm(realm)
                .clientId("app")
                .username("bob")
                .password(Person.DEMO_PASSWORD)
                .build()) {
            assertThat(bob.tokenManager().getAccessTokenString()).isNotBlank();
        }
        JsonNode token = realms.get("/" + realm + "/clients/" + client.createdId()
                        + "/evaluate-scopes/generate-example-access-token?scope=openid&userId=" + id)
                .json();
        assertThat(token.path("preferred_username").asText()).isEqualTo("bob");
        assertThat(token.has("account_role")).isFalse();
    }

    @Test
    void otherRealmsHaveNoAdminApi() {
        assertThat(realms.get("/" + realm + "/wise-sync/me").status()).isEqualTo(404);
        assertThat(realms.get("/master/wise-sync/me").status()).isEqualTo(404);
    }

    private String bob() {
        return realms.post(
                        "/" + realm + "/users",
                        Map.of(
                                "username",
                                "bob",
                                "enabled",
                                true,
                                "email",
                                "bob@test.example",
                                "firstName",
                                "Bob",
                                "lastName",
                                "Person",
                                "credentials",
                                List.of(Map.of("type", "password", "value", Person.DEMO_PASSWORD))))
                .createdId();
    }
}
