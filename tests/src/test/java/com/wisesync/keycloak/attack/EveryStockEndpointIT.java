package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.keycloak.representations.idm.GroupRepresentation;

/**
 * Every endpoint of the stock admin, {@code ui-ext}, SCIM and account API, called with an account-admin's console
 * token on existing objects: CVE-2026-94000, -18571, -9099, -17526, -94001, -97177, CVE-2025-7784 and similar ones.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EveryStockEndpointIT {

    /** Answers other than 403, and why they are harmless. */
    private static final List<String> HARMLESS = List.of(
            // Lists that are empty for callers without rights.
            "200 /ui-ext/available-roles/clients/",
            "200 /ui-ext/available-roles/groups/",
            "200 /ui-ext/available-roles/clientScopes/",
            "200 /ui-ext/available-roles/roles/",
            "200 /ui-ext/available-roles/users/",
            "200 /ui-ext/realms/names",
            // Refuses, but fails while writing the answer (ClientResource.invalidateRotatedSecret, 26.7).
            "500 /client-secret/rotated",
            // No client here has authorization services, which is checked first.
            "404 /authz/resource-server");

    private final Testbed testbed = Testbed.get();
    private final String account = testbed.people().account("autotask", "one");
    private final Person victim = testbed.people().create(account, "user", "one");
    private final Api stock = testbed.stockApi();
    private Api admin;
    private final String app =
            testbed.realm().clients().findByClientId("wise-sync-app").get(0).getId();
    private final String role =
            testbed.realm().roles().get("support").toRepresentation().getId();
    private final String scope = testbed.realm().clientScopes().findAll().get(0).getId();
    private String group;

    @BeforeAll
    void enableEverything() {
        scim(true);
        GroupRepresentation made = new GroupRepresentation();
        made.setName("group of " + account);
        testbed.realm().groups().add(made).close();
        group = testbed.realm().groups().groups(made.getName(), 0, 1).get(0).getId();
        String token = testbed.logIn(testbed.people().create(account, "account-admin"), Application.CONSOLE)
                .access();
        admin = new Api(testbed.server().url(), () -> token);
    }

    @AfterAll
    void restore() {
        testbed.realm().groups().group(group).remove();
        scim(false);
    }

    @TestFactory
    Stream<DynamicTest> adminEndpointsAreClosedToAccountAdmins() {
        return StockCall.all().stream()
                .filter(call -> !call.path().contains("/account"))
                .map(call -> DynamicTest.dynamicTest(call.toString(), () -> {
                    Answer answer = call(call);
                    assertThat(answer.status() == 403 || harmless(call, answer))
                            .as(answer.toString())
                            .isTrue();
                }));
    }

    @TestFactory
    Stream<DynamicTest> accountEndpointsShowTheirOwnDataOnly() {
        return StockCall.all().stream()
                .filter(call -> call.path().contains("/account"))
                .map(call -> DynamicTest.dynamicTest(call.toString(), () -> {
                    Answer answer = call(call);
                    assertThat(answer.status()).isLessThan(500);
                    assertThat(answer.text()).doesNotContain(victim.username(), victim.id());
                }));
    }

    @Test
    void allEndpointsAreCalled() {
        assertThat(StockCall.all())
                .hasSizeGreaterThan(400)
                .extracting(StockCall::toString)
                .contains(
                        "POST /admin/realms/wise-sync/users/{user-id}/impersonation",
                        "PUT /admin/realms/wise-sync/users/{user-id}/groups/{groupId}",
                        "POST /admin/realms/wise-sync/organizations/{org-id}/members",
                        "GET /admin/realms/wise-sync/ui-ext/brute-force-user",
                        "PATCH /realms/wise-sync/scim/v2/Users/{id}");
    }

    /** Calls with ids of existing objects where possible: 404 for a missing object would prove nothing. */
    private Answer call(StockCall call) {
        String path = call.path()
                .replaceAll("/(users|members|Users)/\\{[^}]*}", "/$1/" + victim.id())
                .replaceAll("/organizations/\\{[^}]*}", "/organizations/" + account)
                .replaceAll("/clients/\\{[^}]*}", "/clients/" + app)
                .replaceAll("/(groups|Groups)/\\{[^}]*}", "/$1/" + group)
                .replaceAll("/roles/\\{role-name}", "/roles/support")
                .replaceAll("/(roles|roles-by-id)/\\{[^}]*}", "/$1/" + role)
                .replaceAll("/(client-scopes|clientScopes|client-templates)/\\{[^}]*}", "/$1/" + scope)
                .replaceAll("/(flows|copy)/\\{[^}]*}", "/$1/browser")
                .replaceAll("\\{[^}]*}", "none");
        // Without it, this call fails before it checks the caller.
        String query = path.endsWith("/sessions/client") ? "?clientId=" + app : "";
        return admin.send(call.method(), path + query, call.body(), "Content-Type", call.type(), "Accept", "*/*");
    }

    private static boolean harmless(StockCall call, Answer answer) {
        boolean known = HARMLESS.stream()
                .map(entry -> entry.split(" "))
                .anyMatch(entry -> answer.status() == Integer.parseInt(entry[0])
                        && call.path().contains(entry[1]));
        // The object does not exist and is looked up first, or the feature is disabled.
        boolean nothingThere = answer.status() == 404 && call.path().contains("{");
        return answer.status() == 200
                ? known && answer.text().equals("[]")
                : known || nothingThere || answer.text().contains("Feature not enabled");
    }

    private void scim(boolean enabled) {
        ObjectNode realm = (ObjectNode) stock.get("").json();
        stock.put("", realm.put("scimApiEnabled", enabled));
    }
}
