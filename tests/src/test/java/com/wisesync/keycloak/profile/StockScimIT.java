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
import com.wisesync.keycloak.testing.ScimApi;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users created or changed through Keycloak's SCIM API. */
class StockScimIT {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private final Testbed testbed = Testbed.get();
    private final Api stock = testbed.stockApi();
    private final NoAccess noAccess = new NoAccess(testbed.server(), stock, testbed.mailbox());
    private Api scim;

    @BeforeEach
    void openDoor() {
        scim = ScimApi.open(testbed.server(), testbed.realm());
    }

    @AfterEach
    void closeDoor() {
        ScimApi.close(testbed.realm());
    }

    @ParameterizedTest
    @CsvSource({"en, The username must be an email address.", "de, Der Benutzername muss eine E-Mail-Adresse sein."})
    void aUsernameHasTheFormOfAnAddress(String language, String message) {
        Answer answer = create("bob-" + UUID.randomUUID(), Person.newAddress(), "Accept-Language", language);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\u3000%s"})
    void aLoginNameOfAnotherUserIsRefused(String written) {
        Person other = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        String username = Person.newAddress();
        stock.put("/users/" + other.id(), Map.of("username", username));

        Answer byUsername = create(written.formatted(other.username().toUpperCase(Locale.ROOT)), Person.newAddress());
        Answer byEmail = create(Person.newAddress(), written.formatted(username.toUpperCase(Locale.ROOT)));

        assertThat(byUsername.status()).as(byUsername.text()).isIn(400, 409);
        assertThat(byEmail.status()).as(byEmail.text()).isIn(400, 409);
    }

    /** An update runs no validator for the username: SCIM has already written it, so Keycloak sees no change. */
    @Test
    void aUsernameThatAnUpdateBreaksHasNoAccess() {
        String account = testbed.people().account("other", "one");
        Person changed = testbed.people().create(account, "account-admin");

        Answer answer = replace(changed, "userName", "bob-" + UUID.randomUUID());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        noAccess.has(changed, "ambiguous-username", account, "wiseSyncWarningAmbiguousName");
    }

    /** Keycloak shows such users only the page to correct it, so the API is called with an earlier token. */
    @Test
    void aUsernameThatDiffersFromAnotherUsersByASpaceHasNoAccess() {
        String account = testbed.people().account("other", "one");
        Person changed = testbed.people().create(account, "account-admin");
        Person other = testbed.people().create(account, "merchant-user");
        Api adminApi = testbed.api(testbed.logIn(changed, Application.CONSOLE).access());
        assertThat(adminApi.get("/accounts").status()).isEqualTo(200);

        Answer answer = replace(changed, "userName", " " + other.username());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Login login = testbed.login(Application.WISE_SYNC);
        NoAccess.assertRefused(login.through(login.start(), changed, testbed.mailbox()), "ambiguous-username");
        noAccess.hasNoClaims(changed);
        assertThat(List.of(
                        adminApi.get("/accounts").status(),
                        adminApi.get("/accounts/" + account + "/users").status()))
                .containsOnly(403);
        assertThat(noAccess.warnings(account)).contains("wiseSyncWarningAmbiguousName");
        testbed.logIn(other, Application.WISE_PAY);
    }

    @Test
    void aCreatedUserHasNoAccount() {
        String email = Person.newAddress();

        Answer answer = create(email, email);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        String id = answer.json().path("id").asText();
        assertThat(stock.get("/users/" + id).json().path("email").asText()).isEqualTo(email);
        assertThat(stock.get("/organizations/members/" + id + "/organizations").json())
                .isEmpty();
        stock.put(
                "/users/" + id + "/reset-password",
                Map.of("type", "password", "value", Person.DEMO_PASSWORD, "temporary", false));
        noAccess.has(new Person(id, email, Person.DEMO_PASSWORD), "no-account", DemoAccounts.ACME);
    }

    @Test
    void anEmailThatAnUpdateChangesIsNotVerified() {
        Person changed = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        ObjectNode user = (ObjectNode) scim.get("/Users/" + changed.id()).json();
        String email = Person.newAddress();
        user.putArray("emails").addObject().put("value", email).put("primary", true);

        Answer answer = scim.send("PUT", "/Users/" + changed.id(), user, "Content-Type", "application/scim+json");

        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
        JsonNode stored = stock.get("/users/" + changed.id()).json();
        assertThat(stored.path("email").asText()).isEqualTo(email);
        assertThat(stored.path("emailVerified").asBoolean()).isFalse();
    }

    @Test
    void companiesCannotBeChanged() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        replace(user, "companies", "acme-us");

        assertThat(stock.get("/users/" + user.id())
                        .json()
                        .at("/attributes/companies")
                        .toString())
                .isEqualTo("[\"acme-au\"]");
    }

    private Answer replace(Person user, String path, String value) {
        return scim.send(
                "PATCH",
                "/Users/" + user.id(),
                Map.of(
                        "schemas",
                        List.of(PATCH),
                        "Operations",
                        List.of(Map.of("op", "replace", "path", path, "value", value))),
                "Content-Type",
                "application/scim+json");
    }

    private Answer create(String username, String email, String... headers) {
        return scim.send(
                "POST",
                "/Users",
                Map.of(
                        "schemas",
                        List.of(USER),
                        "userName",
                        username,
                        "active",
                        true,
                        "name",
                        Map.of("givenName", "Test", "familyName", "Person"),
                        "emails",
                        List.of(Map.of("value", email, "primary", true))),
                Stream.concat(Stream.of("Content-Type", "application/scim+json"), Stream.of(headers))
                        .toArray(String[]::new));
    }
}
