package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.UserRepresentation;

/** The stored Autotask account on a real server. */
class AutotaskAccountIT {

    private static final String TYPE = "autotask-account";
    private static final String USERNAME = "uma@autotask.example";
    private static final String MARKER = "marker-7b1e55-password";

    private final Testbed testbed = Testbed.get();
    private final Api service = testbed.serviceApi();

    @Test
    void only_one_call_returns_the_password() {
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

    /** CVE-2025-13881, CVE-2026-3911, CVE-2026-9088: hidden values leaked by another path. */
    @Test
    void no_other_answer_contains_the_password() {
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
    void accounts_with_another_psa_have_none() {
        String account = testbed.people().account("other", "one");
        Person person = testbed.people().create(account, "user", "one");
        String path = "/accounts/" + account + "/users/" + person.id() + "/autotask-account";

        assertThat(service.get(path).status()).isEqualTo(404);
        assertThat(service.put(path, Map.of("username", USERNAME, "password", MARKER))
                        .status())
                .isEqualTo(404);
        assertThat(service.delete(path).status()).isEqualTo(404);
        assertThat(service.get(path + "/secret").status()).isEqualTo(404);
    }

    @Test
    void a_new_username_keeps_the_password_and_deleting_removes_both() {
        Person person = stored();

        service.put(path(person), Map.of("username", "new@autotask.example"));
        assertThat(service.get(path(person) + "/secret").json().path("password").asText())
                .isEqualTo(MARKER);

        assertThat(testbed.api(Person.ADA).delete(path(person)).status()).isEqualTo(204);
        assertThat(service.get(path(person) + "/secret").status()).isEqualTo(404);
        assertThat(service.get(path(person)).json().path("passwordSet").asBoolean())
                .isFalse();
    }

    /** The affected user is notified by email, and their sessions end. */
    @Test
    void a_change_notifies_the_user_and_ends_sessions() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        Tokens before = testbed.logIn(person, Application.WISE_SYNC);
        store(person, MARKER);
        Mail stored = testbed.mailbox().take(person.username());
        assertThat(stored.subject()).isEqualTo("Your Autotask account was changed");
        assertThat(List.of(stored.text(), Jsoup.parse(stored.html()).text()))
                .allSatisfy(text -> assertThat(text)
                        .contains(
                                "Hello Test,",
                                "stored for your Wise-Sync user account " + person.username() + " was changed")
                        .doesNotContain("wiseSync", "${", MARKER, USERNAME));
        assertThat(loggedIn(before)).isFalse();

        Tokens between = testbed.logIn(person, Application.WISE_SYNC);
        assertThat(testbed.api(Person.ADA).delete(path(person)).status()).isEqualTo(204);
        assertThat(testbed.mailbox().take(person.username()).subject()).isEqualTo("Your Autotask account was removed");
        assertThat(loggedIn(between)).isFalse();
    }

    @Test
    void the_notice_is_in_the_users_language() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        UserRepresentation german = testbed.realm().users().get(person.id()).toRepresentation();
        german.getAttributes().put("locale", List.of("de"));
        testbed.realm().users().get(person.id()).update(german);

        store(person, MARKER);

        Mail stored = testbed.mailbox().take(person.username());
        assertThat(stored.subject()).isEqualTo("Ihr Autotask-Konto wurde ge\u00e4ndert");
        assertThat(stored.text()).contains("Guten Tag Test,", "benachrichtigen Sie den Administrator");
        testbed.api(Person.ADA).delete(path(person));
        assertThat(testbed.mailbox().take(person.username()).subject()).isEqualTo("Ihr Autotask-Konto wurde entfernt");
    }

    @Test
    void an_unchanged_account_notifies_and_logs_out_no_user() {
        Person person = stored();
        testbed.mailbox().take(person.username());
        Tokens tokens = testbed.logIn(person, Application.WISE_SYNC);
        String before = testbed.api(Person.ADA).get(path(person)).text();

        assertThat(testbed.api(Person.ADA)
                        .put(path(person), Map.of("username", USERNAME))
                        .text())
                .isEqualTo(before);
        Person other = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        assertThat(testbed.api(Person.ADA).delete(path(other)).status()).isEqualTo(204);

        assertThat(loggedIn(tokens)).isTrue();
        store(person, "another");
        assertThat(testbed.mailbox().take(person.username()).subject()).isEqualTo("Your Autotask account was changed");
        assertThat(testbed.mailbox().poll(person.username())).isEmpty();
        assertThat(testbed.mailbox().all(other.username())).isEmpty();
    }

    @Test
    void users_who_store_their_own_are_notified_and_stay_logged_in() {
        Person admin = testbed.people().create(DemoAccounts.ACME, "account-admin");
        Tokens application = testbed.logIn(admin, Application.WISE_SYNC);
        Api api = testbed.api(testbed.logIn(admin, Application.CONSOLE).access());

        assertThat(api.put(path(admin), Map.of("username", USERNAME, "password", MARKER))
                        .status())
                .isEqualTo(200);

        assertThat(testbed.mailbox().take(admin.username()).subject()).isEqualTo("Your Autotask account was changed");
        assertThat(loggedIn(application)).isTrue();
    }

    @Test
    void deleting_the_user_deletes_it() {
        Person person = stored();

        testbed.realm().users().get(person.id()).remove();

        assertThat(service.get(path(person)).status()).isEqualTo(404);
        assertThat(service.get(path(person) + "/secret").status()).isEqualTo(404);
    }

    private boolean loggedIn(Tokens tokens) {
        return Tokens.request(
                                testbed.server(),
                                Map.of(
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        tokens.refresh(),
                                        "client_id",
                                        "wise-sync-app",
                                        "client_secret",
                                        "wise-sync-app-secret"))
                        .status()
                == 200;
    }

    private void store(Person person, String password) {
        assertThat(testbed.api(Person.ADA)
                        .put(path(person), Map.of("username", USERNAME, "password", password))
                        .status())
                .isEqualTo(200);
    }

    private Person stored() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        store(person, MARKER);
        return person;
    }

    private static String path(Person person) {
        return "/accounts/" + DemoAccounts.ACME + "/users/" + person.id() + "/autotask-account";
    }
}
