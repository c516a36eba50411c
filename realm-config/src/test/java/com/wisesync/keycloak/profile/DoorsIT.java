package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RealmRepresentation;

/** The doors of stock Keycloak through which data about a person comes in, and what happens at each. */
class DoorsIT {

    private final Testbed testbed = Testbed.get();
    private final Api stock = new Api(
            testbed.server().url() + "/admin/realms/" + Server.REALM,
            () -> testbed.adminClient().tokenManager().getAccessTokenString());

    @Test
    void aUsernameHasTheFormOfAnAddress() {
        Answer answer = create("bob", address());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo("username");
        assertThat(answer.json().path("errorMessage").asText()).isEqualTo("wiseSyncUsernameNotAnAddress");
    }

    @Test
    void aUsernameIsTheEmailAddressUnlessItIsGiven() {
        String email = address();

        Answer answer = stock.post(
                "/users", Map.of("email", email, "firstName", "Test", "lastName", "Person", "enabled", true));

        assertThat(user(answer.createdId()).path("username").asText()).isEqualTo(email);
    }

    @Test
    void aUsernameMayDifferFromTheEmailAddress() {
        assertThat(create(address(), address()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\u3000%s"})
    void aUsernameIsNobodyElsesEmailAddress(String written) {
        String email = address();
        create(address(), email);

        assertThat(create(written.formatted(email.toUpperCase()), address()).status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\u3000%s"})
    void anEmailAddressIsNobodyElsesUsername(String written) {
        String username = address();
        create(username, address());

        assertThat(create(address(), written.formatted(username.toUpperCase())).status())
                .isEqualTo(409);
    }

    @Test
    void anAddressThatReadsLikeAnotherIsRefused() {
        assertThat(create("\uFF55ma@acme.example", address()).status()).isEqualTo(400);
        assertThat(create(address(), "uma@acm\u0435.example").status()).isEqualTo(400);
    }

    @Test
    void companiesAreThoseOfTheAccountAndOnlyInTheRoleUser() {
        Person user = testbed.people().in(DemoAccounts.ACME, "user", "acme-au");
        Person merchant = testbed.people().in(DemoAccounts.ACME, "merchant-user");

        assertThat(assign(user, "acme-us").status()).isEqualTo(204);
        assertThat(assign(user, "globex").json().path("errorMessage").asText()).isEqualTo("wiseSyncCompanyUnknown");
        assertThat(assign(merchant, "acme-au").json().path("errorMessage").asText())
                .isEqualTo("wiseSyncCompaniesNeedRoleUser");
        assertThat(stock.post(
                                "/users",
                                Map.of(
                                        "email",
                                        address(),
                                        "firstName",
                                        "Test",
                                        "lastName",
                                        "Person",
                                        "attributes",
                                        Map.of("companies", List.of("acme-au"))))
                        .json()
                        .path("errorMessage")
                        .asText())
                .isEqualTo("wiseSyncCompaniesNeedAccount");
    }

    @Test
    void theFormOffersTheCompaniesOfTheAccountByName() {
        JsonNode attributes = stock.get("/users/" + Person.UMA.id() + "?userProfileMetadata=true")
                .json()
                .at("/userProfileMetadata/attributes");

        JsonNode companies = attributes.findParents("name").stream()
                .filter(attribute -> attribute.path("name").asText().equals("companies"))
                .findFirst()
                .orElseThrow();
        assertThat(companies.at("/annotations/inputType").asText()).isEqualTo("multiselect");
        assertThat(companies.at("/annotations/inputOptionLabels/acme-au").asText())
                .isEqualTo("Acme Australia");
        assertThat(companies.at("/validators/options/options").toString()).isEqualTo("[\"acme-au\",\"acme-us\"]");
    }

    @Test
    void grantingARoleTakesTheOthersAway() {
        Person user = testbed.people().in(DemoAccounts.ACME, "user", "acme-au");

        grant(user, "merchant-admin");

        assertThat(roles(user)).contains("merchant-admin").doesNotContain("user");
        assertThat(user(user.id()).path("attributes").has("companies")).isFalse();
    }

    @Test
    void theLastRoleOfAUserOfAnAccountStays() {
        Person user = testbed.people().in(DemoAccounts.ACME, "merchant-user");
        JsonNode role = stock.get("/roles/merchant-user").json();

        Answer answer = stock.send("DELETE", "/users/" + user.id() + "/role-mappings/realm", "[" + role + "]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errorMessage").asText()).contains("exactly one role");
        assertThat(roles(user)).contains("merchant-user");
    }

    @Test
    void nobodyChangesTheirOwnCompaniesOrLoginNames() {
        Person user = testbed.people().in(DemoAccounts.ACME, "user", "acme-au");
        String token = testbed.logIn(user, Application.ACCOUNT_CONSOLE).access();
        Api account = new Api(testbed.server().realmUrl() + "/account", () -> token);
        ObjectNode mine = (ObjectNode)
                account.send("GET", "", null, "Accept", "application/json").json();
        mine.put("firstName", "New");

        Answer allowed = account.send("POST", "", mine, "Accept", "application/json");
        Answer companies = account.send("POST", "", with(mine, "companies", "acme-us"), "Accept", "application/json");
        Answer username =
                account.send("POST", "", mine.deepCopy().put("username", address()), "Accept", "application/json");
        Answer email = account.send("POST", "", mine.deepCopy().put("email", address()), "Accept", "application/json");

        assertThat(allowed.status()).isEqualTo(204);
        assertThat(List.of(companies.status(), username.status(), email.status()))
                .containsOnly(400);
        JsonNode now = user(user.id());
        assertThat(now.path("firstName").asText()).isEqualTo("New");
        assertThat(now.path("username").asText()).isEqualTo(user.username());
        assertThat(now.path("email").asText()).isEqualTo(user.username());
        assertThat(now.at("/attributes/companies").toString()).isEqualTo("[\"acme-au\"]");
    }

    @Test
    void whatAPartialImportBreaksHasNoAccess() {
        String username = "imported-" + UUID.randomUUID();
        Person imported = new Person(null, username, Person.DEMO_PASSWORD);

        Answer answer = stock.post("/partialImport", """
                {"ifResourceExists": "FAIL", "users": [{"username": "%s", "email": "%s@test.example", "enabled": true,
                  "firstName": "Test", "lastName": "Person", "emailVerified": true, "realmRoles": ["account-admin", "user"],
                  "attributes": {"companies": ["globex"]},
                  "credentials": [{"type": "password", "value": "%s"}]}]}
                """.formatted(username, username, Person.DEMO_PASSWORD));
        String id = answer.json().at("/results/0/id").asText();
        testbed.people().join(id, DemoAccounts.ACME);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(roles(new Person(id, username, null)))
                .filteredOn(role -> List.of("account-admin", "user").contains(role))
                .hasSize(1);
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage page = login.through(
                login.start(), new Person(id, username + "@test.example", imported.password()), testbed.mailbox());
        assertThat(page.find("#wise-sync-no-entry")
                        .orElseThrow(() -> new AssertionError(page.toString()))
                        .attr("data-obstacle"))
                .isIn("ambiguous-username", "no-company");
    }

    @Test
    void whoRegistersTypesAnAddressAndHasNoAccess() {
        RealmRepresentation realm = testbed.realm().toRepresentation();
        realm.setRegistrationAllowed(true);
        testbed.realm().update(realm);
        try {
            String email = address();
            Login login = testbed.login(Application.WISE_SYNC);
            WebPage form = login.visitor().press(login.start(), "a[href*=registration]");

            WebPage refused = register(login, form, "bob", email);
            WebPage entered = register(login, refused, email, email);
            WebPage end = login.through(entered, new Person(null, email, Person.DEMO_PASSWORD), testbed.mailbox());

            assertThat(refused.text()).contains("The username must be an e-mail address.");
            assertThat(end.find("#wise-sync-no-entry")
                            .orElseThrow(() -> new AssertionError(end.toString()))
                            .attr("data-obstacle"))
                    .isEqualTo("no-account");
        } finally {
            realm.setRegistrationAllowed(false);
            testbed.realm().update(realm);
        }
    }

    @Test
    void aRealmThatHasNotOptedInIsLeftAlone() {
        String realm = "plain-" + UUID.randomUUID();
        Api realms = new Api(
                testbed.server().url() + "/admin/realms",
                () -> testbed.adminClient().tokenManager().getAccessTokenString());
        realms.post("", Map.of("realm", realm, "enabled", true));
        try {
            realms.post("/" + realm + "/roles", Map.of("name", "user"));
            realms.post("/" + realm + "/roles", Map.of("name", "account-admin"));
            String id = realms.post("/" + realm + "/users", Map.of("username", "bob", "enabled", true))
                    .createdId();
            String roles = "[%s,%s]"
                    .formatted(
                            realms.get("/" + realm + "/roles/user").text(),
                            realms.get("/" + realm + "/roles/account-admin").text());

            assertThat(realms.post("/" + realm + "/users/" + id + "/role-mappings/realm", roles)
                            .status())
                    .isEqualTo(204);
            assertThat(realms.get("/" + realm + "/users/" + id + "/role-mappings/realm")
                            .json()
                            .findValuesAsText("name"))
                    .contains("user", "account-admin");
        } finally {
            realms.delete("/" + realm);
        }
    }

    private WebPage register(Login login, WebPage form, String username, String email) {
        return login.visitor()
                .submit(
                        form,
                        "input[name=username]",
                        Map.of(
                                "username",
                                username,
                                "email",
                                email,
                                "firstName",
                                "Test",
                                "lastName",
                                "Person",
                                "password",
                                Person.DEMO_PASSWORD,
                                "password-confirm",
                                Person.DEMO_PASSWORD));
    }

    private Answer create(String username, String email) {
        return stock.post(
                "/users",
                Map.of(
                        "username",
                        username,
                        "email",
                        email,
                        "firstName",
                        "Test",
                        "lastName",
                        "Person",
                        "enabled",
                        true));
    }

    private Answer assign(Person person, String company) {
        return stock.put("/users/" + person.id(), with((ObjectNode) user(person.id()), "companies", company));
    }

    private static ObjectNode with(ObjectNode user, String attribute, String value) {
        ObjectNode changed = user.deepCopy();
        changed.withObjectProperty("attributes").putArray(attribute).add(value);
        return changed;
    }

    private JsonNode user(String id) {
        return stock.get("/users/" + id).json();
    }

    private void grant(Person person, String role) {
        stock.post(
                "/users/" + person.id() + "/role-mappings/realm",
                "[" + stock.get("/roles/" + role).text() + "]");
    }

    private List<String> roles(Person person) {
        return stock.get("/users/" + person.id() + "/role-mappings/realm")
                .json()
                .findValuesAsText("name");
    }

    private static String address() {
        return UUID.randomUUID() + "@test.example";
    }
}
