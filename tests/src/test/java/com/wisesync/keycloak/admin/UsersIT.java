package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.UserBody;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RealmRepresentation;

class UsersIT {

    private static final Testbed BED = Testbed.get();
    private final Api service = BED.serviceApi();
    private final String account = BED.people().account("autotask", "one", "two");
    private final String users = "/accounts/" + account + "/users";

    @Test
    void createsAUserWhoCanLogIn() {
        Map<String, Object> body = body("user", "one");
        body.put("password", "correct horse");

        Answer created = service.post(users, body);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().path("companies"))
                .extracting(JsonNode::asText)
                .containsExactly("one");
        assertThat(created.header("ETag")).isPresent();
        Person person = new Person(created.createdId(), (String) body.get("email"), "correct horse");
        Tokens tokens = BED.logIn(person, Application.WISE_SYNC);
        assertThat(tokens.accessClaims().path("account_role").asText()).isEqualTo("user");
    }

    @Test
    void usersWithoutAPasswordAreInvitedEvenIfTheMailServerWasDown() {
        Map<String, Object> body = body("account-admin");
        RealmRepresentation realm = BED.realm().toRepresentation();
        Map<String, String> working = Map.copyOf(realm.getSmtpServer());
        Answer created;
        try {
            realm.setSmtpServer(Map.of("host", "localhost", "port", "1", "from", "no-reply@wise-sync.example"));
            BED.realm().update(realm);
            double failed = failedMails();
            created = service.post(users, body);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            await().atMost(Mailbox.TIMEOUT).until(() -> failedMails() > failed);
            assertThat(invitation(created.createdId()))
                    .as("invited, not mailed yet")
                    .isEqualTo("waiting");
        } finally {
            realm.setSmtpServer(working);
            BED.realm().update(realm);
        }

        String address = (String) body.get("email");
        assertThat(BED.mailbox().take(address).link().orElseThrow())
                .startsWith(BED.server().realmUrl() + "/login-actions/action-token?");
        await().atMost(Mailbox.TIMEOUT)
                .until(() -> invitation(created.createdId()).equals("mailed"));
        assertThat(BED.mailbox().all(address)).hasSize(1);
    }

    @Test
    void detailsAreWhatFourCallsAnswer() {
        Person person = BED.people().create(account, "user", "one");
        BED.logIn(person, Application.WISE_SYNC);
        String user = users + "/" + person.id();

        Answer details = service.get(user + "/details");

        assertThat(details.status()).as(details.text()).isEqualTo(200);
        assertThat(details.header("ETag")).isEqualTo(service.get(user).header("ETag"));
        assertThat(details.json().path("user")).isEqualTo(service.get(user).json());
        assertThat(details.json().path("devices"))
                .isEqualTo(service.get(user + "/two-factor").json());
        assertThat(details.json().path("sessions"))
                .isNotEmpty()
                .isEqualTo(service.get(user + "/sessions").json());

        assertThat(service.post(user + "/disable", null).status()).isEqualTo(204);
        await().until(
                        () -> service.get(user + "/details").json().at("/deactivations/0/state"),
                        state -> state.asText().equals("delivered"));
        assertThat(service.get(user + "/details").json().path("deactivations"))
                .isEqualTo(service.get(user + "/deactivations").json());
    }

    @Test
    void createsNothingOfAnInvalidUser() {
        Map<String, Object> body = body("user", "nowhere");

        Answer refused = service.post(users, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("companies");
        assertThat(refused.json().path("key").asText()).isEqualTo("wiseSyncCompanyUnknown");
        assertThat(service.get(users).json().path("total").asInt()).isZero();
        assertThat(BED.realm().users().searchByEmail((String) body.get("email"), true))
                .isEmpty();
    }

    @Test
    void refusesAShortPasswordWithAMessage() {
        Map<String, Object> body = body("account-admin");
        body.put("password", "short");

        Answer refused = service.post(users, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("errorMessage").asText())
                .isEqualTo("Passwords must be at least 6 characters long");
        assertThat(refused.json().path("field").asText()).isEqualTo("password");
    }

    @Test
    void refusesAnAddressThatIsTakenAsUsernameOrEmail() {
        Map<String, Object> first = body("account-admin");
        first.put("username", "user-" + first.get("email"));
        assertThat(service.post(users, first).status()).isEqualTo(201);

        for (Map<String, Object> second : List.of(
                UserBody.with(body("account-admin"), "email", first.get("email")),
                UserBody.with(body("account-admin"), "email", ((String) first.get("email")).toUpperCase(Locale.ROOT)),
                UserBody.with(body("account-admin"), "email", first.get("username")),
                UserBody.with(body("account-admin"), "username", first.get("email")),
                UserBody.with(body("account-admin"), "username", " " + first.get("email") + " "))) {
            Answer refused = service.post(users, second);
            assertThat(refused.status()).as(second + " " + refused.text()).isEqualTo(409);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"role\":\"user\"}",
                "{\"unknown\":1}",
                "{\"role\":\"user\",\"role\":\"user\"}",
                "{\"role\":1}",
                "{\"role\":\"root\"}",
                "{\"companies\":\"one\"}",
                "{\"companies\":[null]}",
                "{\"email\":{\"a\":[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]}}",
                "{\"firstName\":\"\\u0000\"}"
            })
    void refusesInvalidUsers(String body) {
        Answer refused = service.post(users, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("errorMessage").asText()).isNotBlank();
    }

    @Test
    void editsAllAtOnceAndRefusesAStaleEdit() {
        Answer created = service.post(users, body("user", "one"));
        String path = users + "/" + created.createdId();
        Map<String, Object> edit = body("user", "two");
        edit.put("username", edit.get("email"));

        Answer edited = service.send(
                "PUT", path, edit, "If-Match", created.header("ETag").orElseThrow());
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(edited.json().path("companies")).extracting(JsonNode::asText).containsExactly("two");
        assertThat(edited.json().path("email").asText()).isEqualTo(edit.get("email"));

        Answer stale = service.send(
                "PUT", path, edit, "If-Match", created.header("ETag").orElseThrow());
        assertThat(stale.status()).isEqualTo(412);
        String now = edited.header("ETag").orElseThrow();
        for (String fitting : List.of(now, "\"another\", " + now, "*")) {
            assertThat(service.send("PUT", path, edit, "If-Match", fitting).status())
                    .as(fitting)
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesAnotherIdInTheBody() {
        Answer created = service.post(users, body("user", "one"));
        Map<String, Object> edit = body("user", "two");
        edit.put("username", edit.get("email"));
        edit.put("id", Person.UMA.id());

        Answer refused = service.put(users + "/" + created.createdId(), edit);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo("id");
    }

    @Test
    void disablingEndsSessions() {
        BED.people().create(account, "account-admin");
        Person person = BED.people().create(account, "user", "one");
        Tokens tokens = BED.logIn(person, Application.WISE_SYNC);

        assertThat(service.post(users + "/" + person.id() + "/disable", null).status())
                .isEqualTo(204);

        Answer refreshed = Tokens.request(
                BED.server(),
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.refresh(),
                        "client_id",
                        "wise-sync-app",
                        "client_secret",
                        "wise-sync-app-secret"));
        assertThat(refreshed.status()).isEqualTo(400);
        assertThat(service.get(users + "?enabled=false").json().path("total").asInt())
                .isEqualTo(1);
        assertThat(service.post(users + "/" + person.id() + "/enable", null).status())
                .isEqualTo(204);
        assertThat(service.get(users + "?enabled=false").json().path("total").asInt())
                .isZero();
    }

    @Test
    void keepsTheLastAccountAdmin() {
        Person admin = BED.people().create(account, "account-admin");
        String path = users + "/" + admin.id();

        Answer refused = service.post(path + "/disable", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("errorMessage").asText())
                .startsWith("Test Person is the last account administrator of Test")
                .endsWith("and cannot be disabled.");

        Map<String, Object> edit = body("merchant-user");
        edit.put("username", edit.get("email"));
        assertThat(service.put(path, edit).json().path("key").asText()).isEqualTo("wiseSyncLastAdminKeepsRole");
    }

    @Test
    void leavesRolesOfAutotaskUsersToSupport() {
        Person admin = BED.people().create(account, "account-admin");
        Person person = BED.people().create(account, "user", "one");
        Map<String, Object> edit = UserBody.edit("merchant-user", person.username(), person.username());

        Answer refused = BED.api(BED.logIn(admin, Application.CONSOLE).access()).put(users + "/" + person.id(), edit);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("key").asText()).isEqualTo("wiseSyncRoleChangedBySupport");

        Answer changed = service.put(users + "/" + person.id(), edit);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("role").asText()).isEqualTo("merchant-user");
        assertThat(changed.json().path("companies")).isEmpty();
    }

    @Test
    void letsUsersChangeTheirOwnNamesOnly() {
        Person person = BED.people().create(account, "user", "one");
        Api self = BED.api(BED.logIn(person, Application.CONSOLE).access());
        String path = users + "/" + person.id();

        Answer renamed = self.put(path, Map.of("firstName", "New", "lastName", "Name"));
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        assertThat(renamed.json().path("firstName").asText()).isEqualTo("New");
        assertThat(renamed.json().path("companies"))
                .extracting(JsonNode::asText)
                .containsExactly("one");

        Answer refused =
                self.put(path, Map.of("firstName", "New", "lastName", "Name", "companies", List.of("one", "two")));
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void setsAPasswordForAutotaskAccountsOnly() {
        Person person = BED.people().create(account, "user", "one");
        assertThat(service.put(users + "/" + person.id() + "/password", Map.of("password", "another one"))
                        .status())
                .isEqualTo(204);
        BED.logIn(new Person(person.id(), person.username(), "another one"), Application.WISE_SYNC);

        String other = BED.people().account("other", "one");
        Person foreign = BED.people().create(other, "user", "one");
        assertThat(service.put(
                                "/accounts/" + other + "/users/" + foreign.id() + "/password",
                                Map.of("password", "another one"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void configuresANewAccount() {
        Answer created = service.post("/accounts", Map.of("name", "Ready " + UUID.randomUUID() + " Ltd."));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.createdId();
        assertThat(created.json().path("warnings").findValuesAsText("key"))
                .contains("wiseSyncWarningNotConfigured", "wiseSyncWarningNoCompany", "wiseSyncWarningNoAdmin");
        assertThat(created.json().path("alias").asText()).startsWith("ready-");

        assertThat(service.post("/accounts/" + id + "/users", body("merchant-user"))
                        .status())
                .isEqualTo(409);
        assertThat(service.post("/accounts/" + id + "/users", body("account-admin"))
                        .status())
                .isEqualTo(201);
        Answer named = service.put(
                "/accounts/" + id,
                Map.of(
                        "name",
                        "Named " + UUID.randomUUID(),
                        "psa",
                        "other",
                        "twoFactorMode",
                        "required",
                        "enabled",
                        true));
        assertThat(named.status()).as(named.text()).isEqualTo(200);
        assertThat(named.json().path("psa").asText()).isEqualTo("other");
        Answer company = service.put("/accounts/" + id + "/companies/c1", Map.of("name", "C One", "package", "xero"));
        assertThat(company.status()).as(company.text()).isEqualTo(200);
        Answer ready = service.post("/accounts/" + id + "/users", body("user", "c1"));
        assertThat(ready.status()).as(ready.text()).isEqualTo(201);
        assertThat(service.get("/accounts/" + id).json().path("warnings")).isEmpty();
        assertThat(service.get("/accounts/" + id + "/companies")
                        .json()
                        .path(0)
                        .path("users")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void findsUsersByAnyPartOfTheirNames() {
        service.post(users, UserBody.named("Zoë", "Ärmel", body("user", "one")));
        service.post(users, UserBody.named("Bob", "baker", body("user", "two")));
        service.post(users, UserBody.named("Al", "Baker_50", body("account-admin")));

        assertThat(names("")).containsExactly("baker", "Baker_50", "Ärmel");
        assertThat(names("?search=BAKER")).containsExactly("baker", "Baker_50");
        assertThat(names("?search=ob%20bak")).containsExactly("baker");
        assertThat(names("?search=_50")).containsExactly("Baker_50");
        assertThat(names("?search=%C3%A4rm")).containsExactly("Ärmel");
        assertThat(names("?company=two")).containsExactly("baker");
        assertThat(names("?role=account-admin")).containsExactly("Baker_50");
        assertThat(names("?search=baker&role=user&enabled=true")).containsExactly("baker");
        assertThat(names("?first=1&max=1")).containsExactly("Baker_50");
        assertThat(service.get(users + "?first=1&max=1").json().path("total").asInt())
                .isEqualTo(3);
        assertThat(service.get(users + "?max=101").status()).isEqualTo(400);
        assertThat(service.get(users + "?role=root").status()).isEqualTo(400);
    }

    private String invitation(String user) {
        return service.get(users + "/" + user)
                .json()
                .path("invitation")
                .path("state")
                .asText();
    }

    /** The number of attempts that the mail server rejected. */
    private static double failedMails() {
        return new Api(BED.server().managementUrl(), () -> null)
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("wise_sync_outbox_attempts_seconds_count")
                        && line.contains("kind=\"wise-sync-mail\"")
                        && line.contains("outcome=\"retry\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private List<String> names(String query) {
        return service.get(users + query).json().path("users").findValuesAsText("lastName");
    }

    private static Map<String, Object> body(String role, String... companies) {
        return UserBody.newUser(role, UUID.randomUUID() + "@test.example", companies);
    }
}
