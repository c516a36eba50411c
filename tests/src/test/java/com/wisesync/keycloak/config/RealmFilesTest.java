package com.wisesync.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RealmFilesTest {

    private final ObjectNode production = RealmFiles.production();
    private final ObjectNode demo = RealmFiles.withDemo();

    @Test
    void productionHasNoAccountNoUserAndNoSecret() {
        assertThat(production.has("organizations")).isFalse();
        assertThat(JsonTrees.objects(production.get("users")))
                .allSatisfy(user ->
                        assertThat(user.hasNonNull("serviceAccountClientId")).isTrue());
        assertThat(JsonTrees.objects(production.get("clients")))
                .allSatisfy(client -> assertThat(client.has("secret")).isFalse());
        assertThat(production.toString()).doesNotContain("localhost:*");
    }

    @Test
    void demoIsProductionAndMore() {
        ObjectNode demoWithout = JsonTrees.without(demo, "clients", "users", "organizations");

        assertThat(demoWithout).isEqualTo(JsonTrees.without(production, "clients", "users", "organizations"));
        assertThat(clientIds(demo)).isEqualTo(clientIds(production));
        ObjectNode wisePay =
                JsonTrees.find(demo.get("clients"), "clientId", "wise-pay").orElseThrow();
        assertThat(wisePay.path("secret").asText()).isEqualTo("wise-pay-secret");
        assertThat(wisePay.path("fullScopeAllowed").asBoolean(true)).isFalse();
    }

    @Test
    void noClientAllowsDirectAccessGrants() {
        assertThat(JsonTrees.objects(production.get("clients")))
                .isNotEmpty()
                .allSatisfy(client -> assertThat(
                                client.path("directAccessGrantsEnabled").asBoolean(true))
                        .isFalse());
    }

    @Test
    void everySubflowIsInTheFiles() {
        Set<String> flows = JsonTrees.objects(production.get("authenticationFlows"))
                .map(flow -> flow.path("alias").asText())
                .collect(Collectors.toSet());

        assertThat(JsonTrees.objects(production.get("authenticationFlows"))
                        .flatMap(flow -> JsonTrees.objects(flow.get("authenticationExecutions")))
                        .filter(step -> step.hasNonNull("flowAlias"))
                        .map(step -> step.path("flowAlias").asText()))
                .isSubsetOf(flows);
    }

    @Test
    void aPlaceholderHasItsDefaultUnlessTheEnvironmentSetsIt() {
        ObjectNode smtp = production.withObjectProperty("smtpServer");

        assertThat(new Placeholders(Map.of()).resolvedIn(smtp).path("from").asText())
                .isEqualTo("no-reply@wise-sync.example");
        assertThat(new Placeholders(Map.of("SMTP_FROM", "us@wise-sync.example"))
                        .resolvedIn(smtp)
                        .path("from")
                        .asText())
                .isEqualTo("us@wise-sync.example");
    }

    @Test
    void keycloaksMessageKeysAreNoPlaceholders() {
        ObjectNode client = JsonTrees.object().put("name", "${client_admin-cli}");

        assertThat(new Placeholders(Map.of()).resolvedIn(client)).isEqualTo(client);
    }

    @Test
    void aLayerChangesOnlyTheValuesItContains() {
        ObjectNode target = JsonTrees.object().put("kept", 1);
        target.putArray("clients").addObject().put("clientId", "a").put("name", "A");
        ObjectNode layer = JsonTrees.object();
        layer.putArray("clients").addObject().put("clientId", "a").put("secret", "s");
        layer.withArrayProperty("clients").addObject().put("clientId", "b");

        Merge.into(target, layer);

        assertThat(target.toString())
                .isEqualTo("{\"kept\":1,\"clients\":[{\"clientId\":\"a\",\"name\":\"A\",\"secret\":\"s\"},"
                        + "{\"clientId\":\"b\"}]}");
    }

    private static Set<String> clientIds(ObjectNode realm) {
        return JsonTrees.objects(realm.get("clients"))
                .map(client -> client.path("clientId").asText())
                .collect(Collectors.toSet());
    }
}
