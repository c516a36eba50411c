package com.wisesync.keycloak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of the protocol mapper, changed at a separate client with the console's calls. */
class MapperSettingsIT {

    private final Testbed testbed = Testbed.get();
    private final Api stock = testbed.stockApi();
    private final Application application =
            new Application("mapper-" + UUID.randomUUID(), Optional.empty(), Application.WISE_SYNC.redirect());
    private String client;

    @BeforeEach
    void makeClient() {
        client = stock.post(
                        "/clients",
                        Map.of(
                                "clientId",
                                application.clientId(),
                                "publicClient",
                                true,
                                "redirectUris",
                                List.of(application.redirect()),
                                "fullScopeAllowed",
                                false))
                .createdId();
    }

    @AfterEach
    void removeClient() {
        stock.delete("/clients/" + client);
    }

    @Test
    void claimsAppearWhereTheyAreEnabled() {
        map(Map.of("access.token.claim", "true", "id.token.claim", "false", "userinfo.token.claim", "false"));

        Tokens tokens = testbed.logIn(user(), application);

        assertThat(tokens.accessClaims().path("account_role").asText()).isEqualTo("user");
        assertThat(tokens.idClaims().has("account_role")).isFalse();
        assertThat(userinfo(tokens).has("account_role")).isFalse();
    }

    @Test
    void listsAtMostTheConfiguredNumberOfCompanies() {
        map(Map.of("access.token.claim", "true", "userinfo.token.claim", "true", "max.companies.in.tokens", "1"));

        Tokens one = testbed.logIn(user(), application);
        Tokens two = testbed.logIn(testbed.people().create(DemoAccounts.ACME, "account-admin"), application);

        assertThat(one.accessClaims().get("companies")).hasSize(1);
        assertThat(two.accessClaims().path("company_access").asText()).isEqualTo("all");
        assertThat(two.accessClaims().has("companies")).isFalse();
        assertThat(userinfo(two).get("companies")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "1000000"})
    void refusesAnInvalidNumberWithAMessage(String count) {
        Answer answer = map(Map.of("max.companies.in.tokens", count));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errorMessage").asText() + answer.text())
                .contains("The number of companies in tokens must be 0 or more");
    }

    /** The console builds its form from this description. */
    @Test
    void describesItselfToTheConsole() {
        JsonNode types = new Api(
                        testbed.server().url() + "/admin",
                        () -> testbed.adminClient().tokenManager().getAccessTokenString())
                .get("/serverinfo")
                .json()
                .at("/protocolMapperTypes/openid-connect");

        JsonNode mapper = types.findParents("id").stream()
                .filter(type -> type.path("id").asText().equals(AccountMapper.ID))
                .findFirst()
                .orElseThrow();
        assertThat(mapper.get("properties").findValuesAsText("name"))
                .containsExactlyInAnyOrder(
                        "max.companies.in.tokens",
                        "id.token.claim",
                        "access.token.claim",
                        "lightweight.claim",
                        "userinfo.token.claim",
                        "introspection.token.claim");
    }

    private Person user() {
        return testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    }

    private Answer map(Map<String, String> settings) {
        return stock.post(
                "/clients/" + client + "/protocol-mappers/models",
                Map.of(
                        "name",
                        "ours",
                        "protocol",
                        "openid-connect",
                        "protocolMapper",
                        AccountMapper.ID,
                        "config",
                        new HashMap<>(settings)));
    }

    private JsonNode userinfo(Tokens tokens) {
        return new Api(testbed.server().realmUrl(), tokens::access)
                .get("/protocol/openid-connect/userinfo")
                .json();
    }
}
