package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The stored Autotask account on a real server. */
class AutotaskAccountIT {

    private static final String TYPE = "autotask-account";
    private static final String USERNAME = "uma@autotask.example";
    private static final String MARKER = "marker-7b1e55-password";

    private final Testbed testbed = Testbed.get();
    private final Api service = testbed.serviceApi();

    @Test
    void comes_back_by_the_one_way_only() {
        Person person = stored();

        Answer secret = service.get(path(person) + "/secret");

        assertThat(secret.status()).isEqualTo(200);
        assertThat(secret.header("Cache-Control")).hasValue("no-store");
        assertThat(secret.json().path("username").asText()).isEqualTo(USERNAME);
        assertThat(secret.json().path("password").asText()).isEqualTo(MARKER);
        JsonNode shown = testbed.api(Person.ADA).get(path(person)).json();
        assertThat(shown.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("username", "passwordSet", "updatedAt");
        assertThat(shown.path("passwordSet").asBoolean()).isTrue();
    }

    @Test
    void every_read_is_an_event_that_names_caller_and_user() {
        Person person = stored();
        String caller = Tokens.ofService(testbed.server(), "wise-sync-service", "wise-sync-service-secret")
                .accessClaims()
                .path("sub")
                .asText();

        service.get(path(person) + "/secret");

        assertThat(events(person, "/secret")).singleElement().satisfies(event -> {
            assertThat(event.getOperationType()).isEqualTo("ACTION");
            assertThat(event.getAuthDetails().getUserId()).isEqualTo(caller);
        });
    }

    /** CVE-2025-13881, CVE-2026-3911, CVE-2026-9088: what is hidden leaks by another way. */
    @Test
    void is_found_nowhere_else() {
        Person person = stored();
        service.get(path(person) + "/secret");
        List<String> seen = new ArrayList<>();
        UserResource user = testbed.realm().users().get(person.id());

        seen.add(testbed.api(Person.ADA).get(path(person)).text());
        seen.add(
                service.put(path(person), "{\"username\":\"" + USERNAME + "\",\"password\":\"" + MARKER + "\",\"x\":1}")
                        .text());
        seen.add(service.put(path(person), "{\"username\":\"" + USERNAME + "\",\"password\":\"" + MARKER)
                .text());
        seen.add(service.put(path(person), Map.of("username", "no address", "password", MARKER))
                .text());
        seen.add(service.put(path(person), Map.of("username", USERNAME, "password", MARKER + "\n"))
                .text());
        Tokens tokens = testbed.logIn(person, Application.WISE_SYNC);
        seen.add(tokens.accessClaims() + " " + tokens.idClaims());
        Tokens own = testbed.logIn(person, Application.ACCOUNT_CONSOLE);
        Api account = new Api(testbed.server().realmUrl() + "/account", own::access);
        seen.add(account.send("GET", "", null, "Accept", "application/json").text());
        seen.add(account.send("GET", "/credentials", null, "Accept", "application/json")
                .text());
        Api stock = new Api(
                testbed.server().url() + "/admin/realms/wise-sync",
                () -> testbed.adminClient().tokenManager().getAccessTokenString());
        seen.add(stock.get("/users/" + person.id()).text());
        seen.add(stock.get("/users/" + person.id() + "/credentials").text());
        seen.add(stock.post("/partial-export?exportClients=true&exportGroupsAndRoles=true", null)
                .text());
        seen.add(stock.get("/admin-events?max=500").text());
        seen.add(stock.get("/events?max=500").text());
        seen.add(testbed.server().log());

        assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain(MARKER));
        assertThat(user.credentials())
                .filteredOn(credential -> TYPE.equals(credential.getType()))
                .singleElement()
                .satisfies(credential -> assertThat(credential.getSecretData()).isNull());
    }

    @Test
    void is_neither_offered_nor_deletable_in_the_account_console() {
        Person person = stored();
        Tokens tokens = testbed.logIn(person, Application.ACCOUNT_CONSOLE);
        Api account = new Api(testbed.server().realmUrl() + "/account", tokens::access);

        Answer credentials = account.send("GET", "/credentials", null, "Accept", "application/json");
        Answer deletion = account.send("DELETE", "/credentials/" + row(person).getId(), null);

        assertThat(credentials.status()).isEqualTo(200);
        assertThat(credentials.text()).contains("password").doesNotContain(TYPE);
        assertThat(deletion.status()).isBetween(400, 405);
        assertThat(row(person)).isNotNull();
        assertThat(testbed.api(Person.ADA)
                        .get("/accounts/" + DemoAccounts.ACME + "/users/" + person.id())
                        .json()
                        .path("twoFactor")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void is_not_there_where_another_psa_runs() {
        String account = testbed.people().account("other", "one");
        Person person = testbed.people().in(account, "user", "one");
        String path = "/accounts/" + account + "/users/" + person.id() + "/autotask-account";

        assertThat(service.get(path).status()).isEqualTo(404);
        assertThat(service.put(path, Map.of("username", USERNAME, "password", MARKER))
                        .status())
                .isEqualTo(404);
        assertThat(service.delete(path).status()).isEqualTo(404);
        assertThat(service.get(path + "/secret").status()).isEqualTo(404);
    }

    @Test
    void a_disabled_user_has_no_secret() {
        Person person = stored();
        UserRepresentation now = testbed.realm().users().get(person.id()).toRepresentation();
        now.setEnabled(false);
        testbed.realm().users().get(person.id()).update(now);

        assertThat(service.get(path(person) + "/secret").status()).isEqualTo(403);
    }

    @Test
    void a_new_username_keeps_the_password_and_deleting_forgets_both() {
        Person person = stored();

        service.put(path(person), Map.of("username", "new@autotask.example"));
        assertThat(service.get(path(person) + "/secret").json().path("password").asText())
                .isEqualTo(MARKER);

        assertThat(testbed.api(Person.ADA).delete(path(person)).status()).isEqualTo(204);
        assertThat(service.get(path(person) + "/secret").status()).isEqualTo(404);
        assertThat(service.get(path(person)).json().path("passwordSet").asBoolean())
                .isFalse();
    }

    private Person stored() {
        Person person = testbed.people().in(DemoAccounts.ACME, "user", "acme-au");
        assertThat(testbed.api(Person.ADA)
                        .put(path(person), Map.of("username", USERNAME, "password", MARKER))
                        .status())
                .isEqualTo(200);
        return person;
    }

    private CredentialRepresentation row(Person person) {
        return testbed.realm().users().get(person.id()).credentials().stream()
                .filter(credential -> TYPE.equals(credential.getType()))
                .findFirst()
                .orElseThrow();
    }

    private List<AdminEventRepresentation> events(Person person, String end) {
        return testbed.realm().getAdminEvents().stream()
                // Keycloak writes an event of the realm itself without a path.
                .filter(event -> event.getResourcePath() != null)
                .filter(event -> event.getResourcePath().contains(person.id()))
                .filter(event -> event.getResourcePath().endsWith(end))
                .toList();
    }

    private static String path(Person person) {
        return "/accounts/" + DemoAccounts.ACME + "/users/" + person.id() + "/autotask-account";
    }
}
