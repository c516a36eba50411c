package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keycloak's own endpoints, called with an account-admin's console token. Covers CVE-2026-94000, -18571, CVE-2025-7784
 * and CVE-2026-9099 (roles by membership or group), CVE-2026-17526 (impersonation), CVE-2026-94001 and -97177
 * (credentials), and CVE-2026-14209 and similar ones (lists).
 */
@TestInstance(Lifecycle.PER_CLASS)
class StockEndpointsIT {

    private final Testbed testbed = Testbed.get();
    private Api stock;
    private Api realm;

    @BeforeAll
    void accountAdmin() {
        String token = testbed.logIn(testbed.people().create(DemoAccounts.ACME, "account-admin"), Application.CONSOLE)
                .access();
        String url = testbed.server().url();
        stock = new Api(url + "/admin/realms/wise-sync", () -> token);
        realm = new Api(url + "/realms/wise-sync", () -> token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users",
                "/users?search=id:{uma}",
                "/users?search=*",
                "/users?q=companies:acme-au",
                "/users/count",
                "/users/{uma}",
                "/users/{uma}/credentials",
                "/users/{uma}/sessions",
                "/users/{uma}/role-mappings",
                "/users/{uma}/role-mappings/realm",
                "/users/{uma}/groups",
                "/users/{uma}/consents",
                "/users/{uma}/unmanagedAttributes",
                "/users/profile",
                "/organizations",
                "/organizations/{acme}",
                "/organizations/{acme}/members",
                "/organizations/members/{uma}/organizations",
                "/groups",
                "/roles",
                "/roles/support",
                "/roles/support/users",
                "/roles/account-admin/users",
                "/clients",
                "/client-scopes",
                "/components",
                "/keys",
                "/events",
                "/admin-events",
                "/identity-provider/instances",
                "/authentication/flows",
                "/attack-detection/brute-force/users/{uma}",
                "/client-session-stats",
                "/workflows",
                "/ui-ext/brute-force-user",
                "/ui-ext/effective-roles/users/{uma}",
                "/ui-ext/available-roles/users/{uma}",
                "/ui-ext/sessions",
                "/ui-ext/realms/names",
                "/ui-ext/authentication-management/{flow}",
                "/ui-ext/available-event-listeners",
                "/ui-ext/groups",
                "/ui-ext/info"
            })
    void an_account_admin_sees_nothing(String path) {
        Answer answer = stock.get(fill(path));

        // Two of them answer with an empty list: all that a caller without an admin role may see.
        assertThat(answer.status() == 200 && answer.text().equals("[]") || answer.status() >= 400)
                .as("%s: %s", path, answer)
                .isTrue();
        assertThat(answer.status()).isLessThan(500);
        assertThat(answer.text()).doesNotContain(Person.UMA.username(), Person.GUS.username());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /users/{uma}                              | {\"enabled\":false}",
                "DELETE | /users/{uma}                              |",
                "POST   | /users                                    | {\"username\":\"x@x.example\",\"groups\":[\"/admins\"],\"realmRoles\":[\"support\"]}",
                "PUT    | /users/{uma}/reset-password               | {\"type\":\"password\",\"value\":\"another-password\"}",
                "PUT    | /users/{uma}/execute-actions-email        | [\"UPDATE_PASSWORD\"]",
                "PUT    | /users/{uma}/send-verify-email            |",
                "PUT    | /users/{uma}/disable-credential-types     | [\"otp\"]",
                "POST   | /users/{uma}/impersonation                |",
                "POST   | /users/{uma}/logout                       |",
                "POST   | /users/{uma}/role-mappings/realm           | [{\"name\":\"support\"}]",
                "DELETE | /users/{uma}/role-mappings/realm           | [{\"name\":\"user\"}]",
                "PUT    | /users/{uma}/groups/{acme}                |",
                "POST   | /organizations/{acme}/members             | \"{uma}\"",
                "DELETE | /organizations/{acme}/members/{uma}       |",
                "POST   | /organizations/{acme}/members/invite-user |",
                "PUT    | /organizations/{acme}                     | {\"name\":\"Mine\"}",
                "POST   | /organizations                            | {\"name\":\"Mine\",\"alias\":\"mine\"}",
                "DELETE | /organizations/{acme}                     |",
                "POST   | /groups                                   | {\"name\":\"mine\"}",
                "POST   | /roles                                    | {\"name\":\"mine\"}",
                "POST   | /clients                                  | {\"clientId\":\"mine\"}",
                "POST   | /components                               | {\"name\":\"mine\"}",
                "POST   | /partialImport                            | {\"users\":[]}",
                "POST   | /partial-export                           |",
                "POST   | /logout-all                               |",
                "PUT    | /events/config                            | {\"eventsListeners\":[]}",
                "POST   | /workflows                                | {\"name\":\"mine\"}",
                "PUT    | ''                                        | {\"eventsListeners\":[]}",
                "DELETE | ''                                        |"
            })
    void an_account_admin_changes_nothing(String method, String path, String body) {
        Answer answer = stock.send(method, fill(path), body == null ? null : fill(body));

        assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isBetween(400, 404);
        assertThat(testbed.realm()
                        .users()
                        .get(Person.UMA.id())
                        .toRepresentation()
                        .isEnabled())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/scim/v2/Users", "/scim/v2/Groups"})
    void scim_refuses_the_token_of_the_console(String path) {
        Answer answer = realm.send("GET", path, null, "Accept", "application/json");

        assertThat(answer.status()).as("%s: %s", path, answer.text()).isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"companies", "account", "psa"})
    void no_user_writes_protected_attributes_of_their_own(String attribute) {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String token = testbed.logIn(person, Application.ACCOUNT_CONSOLE).access();
        Api account = new Api(testbed.server().realmUrl(), () -> token);

        account.send(
                "POST",
                "/account",
                Map.of(
                        "username",
                        person.username(),
                        "email",
                        person.username(),
                        "firstName",
                        "A",
                        "lastName",
                        "B",
                        "attributes",
                        Map.of(attribute, List.of("acme-us"))),
                "Accept",
                "application/json");

        Map<String, List<String>> now =
                testbed.realm().users().get(person.id()).toRepresentation().getAttributes();
        assertThat(now).as("CVE-2026-0871, kc#50991").containsEntry("companies", List.of("acme-au"));
        assertThat(now.getOrDefault(attribute, List.of())).doesNotContain("acme-us");
    }

    private static String fill(String text) {
        return text.replace("{uma}", Person.UMA.id())
                .replace("{acme}", DemoAccounts.ACME)
                .replace("{flow}", "browser");
    }
}
