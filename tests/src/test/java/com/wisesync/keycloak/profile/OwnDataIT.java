package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Pages on which users enter their own data: registration, the page to update a profile, the account console. */
class OwnDataIT {

    private static final String USERNAME = "input[name=username]";
    private static final String FIRST_NAME = "input[name=firstName]";

    private final Testbed testbed = Testbed.get();
    private final Api stock = testbed.stockApi();

    @ParameterizedTest
    @CsvSource({
        "en, Companies, This value cannot be changed here., This name contains characters that cannot be used",
        "de, Firmen, Dieser Wert kann hier nicht geändert werden., unzulässige Zeichen"
    })
    void thePageToUpdateAProfileChangesNamesOnly(String language, String companies, String readOnly, String invalid) {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        requireUpdate(user);
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage page = login.through(login.start("ui_locales", language), user, testbed.mailbox());

        WebPage tampered = login.visitor()
                .submit(
                        page,
                        FIRST_NAME,
                        Map.of("firstName", "New", "username", Person.newAddress(), "companies", "acme-us"));
        WebPage refused = login.visitor().submit(tampered, FIRST_NAME, Map.of("firstName", "<New>"));
        WebPage end = login.visitor().submit(refused, FIRST_NAME, Map.of("firstName", "New"));

        assertThat(page.find(USERNAME).filter(input -> input.hasAttr("disabled")))
                .as(page.toString())
                .isPresent();
        assertThat(page.text()).contains(companies, "Acme Australia");
        assertThat(tampered.text()).contains(readOnly);
        assertThat(refused.text()).contains(invalid);
        assertThat(login.done(end)).as(end.toString()).isTrue();
        assertUnchanged(user, "New");
    }

    @ParameterizedTest
    @CsvSource({"en, Enter a first or a last name.", "de, Geben Sie einen Vor- oder Nachnamen ein."})
    void usersCannotRemoveBothOfTheirNames(String language, String missing) {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        requireUpdate(user);
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage page = login.through(login.start("ui_locales", language), user, testbed.mailbox());

        WebPage refused = login.visitor()
                .submit(page, FIRST_NAME, Map.of("firstName", " ", "lastName", "", "email", user.username()));
        WebPage end = login.visitor().submit(refused, FIRST_NAME, Map.of("firstName", "", "lastName", "Only"));

        assertThat(refused.find("#input-error-container-firstName").map(Element::text))
                .as(refused.toString())
                .contains(missing);
        assertThat(login.done(end)).as(end.toString()).isTrue();
        assertThat(stock.get("/users/" + user.id()).json().path("lastName").asText())
                .isEqualTo("Only");
    }

    @Test
    void theAccountConsoleAndTheAdminApiRequireAName() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String token = testbed.logIn(user, Application.ACCOUNT_CONSOLE).access();
        Api account = new Api(testbed.server().realmUrl() + "/account", () -> token);
        ObjectNode profile = (ObjectNode)
                account.send("GET", "", null, "Accept", "application/json").json();

        Answer own = account.send(
                "POST", "", profile.put("firstName", "").put("lastName", " "), "Accept", "application/json");
        Answer admins = stock.put("/users/" + user.id(), Map.of("firstName", "", "lastName", ""));
        Answer created = stock.post(
                "/users", Map.of("username", Person.newAddress(), "email", Person.newAddress(), "enabled", true));

        for (Answer answer : List.of(own, admins, created)) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo("firstName");
            assertThat(answer.json().path("errorMessage").asText()).isEqualTo("wiseSyncNameMissing");
        }
    }

    @Test
    void errorsAreInTheLanguageOfTheForm() {
        withRegistration(() -> {
            Login login = testbed.login(Application.WISE_SYNC);
            WebPage form = login.visitor().press(login.start("ui_locales", "de"), "a[href*=registration]");

            WebPage noAddress = register(login, form, "bob", Person.newAddress());
            WebPage lookalike = register(login, noAddress, "um\u0430@test.example", Person.newAddress());

            assertThat(noAddress.text()).contains("Der Benutzername muss eine E-Mail-Adresse sein.");
            assertThat(lookalike.text()).contains("verwechselbare Zeichen");
        });
    }

    @Test
    void aRegisteredUserNeedsAnAddressOfTheirOwnAndHasNoAccess() {
        Person other = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        String otherEmail = Person.newAddress();
        stock.put("/users/" + other.id(), Map.of("email", otherEmail));
        withRegistration(() -> {
            String email = Person.newAddress();
            Login login = testbed.login(Application.WISE_SYNC);
            WebPage form = login.visitor().press(login.start(), "a[href*=registration]");

            WebPage noAddress = register(login, form, "bob", email);
            WebPage othersEmail = register(login, noAddress, " " + otherEmail.toUpperCase(Locale.ROOT), email);
            WebPage othersUsername =
                    register(login, othersEmail, email, other.username().toUpperCase(Locale.ROOT) + " ");
            WebPage entered = register(login, othersUsername, email, email);

            assertThat(noAddress.text()).contains("The username must be an email address.");
            assertThat(othersEmail.text()).contains("already exists");
            assertThat(othersUsername.text()).contains("already exists");
            NoAccess.assertRefused(
                    login.through(entered, new Person(null, email, Person.DEMO_PASSWORD), testbed.mailbox()),
                    "no-account");
            new NoAccess(testbed.server(), stock, testbed.mailbox())
                    .has(new Person(idOf(email), email, Person.DEMO_PASSWORD), "no-account", DemoAccounts.ACME);
        });
    }

    @Test
    void usersCannotChangeTheirOwnCompaniesOrLoginNames() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Events events = new Events();
        events.ready(Events.WISE_SYNC, user.id());
        String token = testbed.logIn(user, Application.ACCOUNT_CONSOLE).access();
        Api account = new Api(testbed.server().realmUrl() + "/account", () -> token);
        JsonNode shown = account.send("GET", "?userProfileMetadata=true", null, "Accept", "application/json")
                .json();
        ObjectNode profile = (ObjectNode) shown.deepCopy();
        profile.remove("userProfileMetadata");
        profile.put("firstName", "New");

        Answer allowed = account.send("POST", "", profile, "Accept", "application/json");
        Answer companies = account.send("POST", "", withCompany(profile, "acme-us"), "Accept", "application/json");
        Answer username = account.send(
                "POST", "", profile.deepCopy().put("username", Person.newAddress()), "Accept", "application/json");
        Answer email = account.send(
                "POST", "", profile.deepCopy().put("email", Person.newAddress()), "Accept", "application/json");

        JsonNode offered = shown.at("/userProfileMetadata/attributes").findParents("name").stream()
                .filter(attribute -> attribute.path("name").asText().equals("companies"))
                .findFirst()
                .orElseThrow();
        assertThat(offered.path("readOnly").asBoolean()).isTrue();
        assertThat(shown.at("/attributes/companies").toString()).isEqualTo("[\"acme-au\"]");
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(List.of(companies.status(), username.status(), email.status()))
                .containsOnly(400);
        assertUnchanged(user, "New");
        assertThat(events.await(Events.WISE_SYNC, user.id(), "user.updated")
                        .at("/user/firstName")
                        .asText())
                .isEqualTo("New");

        String link = "/accounts/%s/users/%s/scim-link".formatted(DemoAccounts.ACME, user.id());
        assertThat(testbed.serviceApi().put(link, Map.of()).status()).isEqualTo(204);
        Answer directorys =
                account.send("POST", "", profile.deepCopy().put("firstName", "Own"), "Accept", "application/json");
        assertThat(directorys.status()).as(directorys.text()).isEqualTo(400);
        assertUnchanged(user, "New");
    }

    private void assertUnchanged(Person user, String firstName) {
        JsonNode now = stock.get("/users/" + user.id()).json();
        assertThat(now.path("firstName").asText()).isEqualTo(firstName);
        assertThat(now.path("username").asText()).isEqualTo(user.username());
        assertThat(now.path("email").asText()).isEqualTo(user.username());
        assertThat(now.at("/attributes/companies").toString()).isEqualTo("[\"acme-au\"]");
    }

    private void requireUpdate(Person user) {
        UserRepresentation now = testbed.realm().users().get(user.id()).toRepresentation();
        now.setRequiredActions(List.of("UPDATE_PROFILE"));
        testbed.realm().users().get(user.id()).update(now);
    }

    private void withRegistration(Runnable test) {
        allowRegistration(true);
        try {
            test.run();
        } finally {
            allowRegistration(false);
        }
    }

    private void allowRegistration(boolean allowed) {
        RealmRepresentation realm = testbed.realm().toRepresentation();
        realm.setRegistrationAllowed(allowed);
        testbed.realm().update(realm);
    }

    private WebPage register(Login login, WebPage form, String username, String email) {
        Map<String, String> typed = new HashMap<>(Map.of("firstName", "Test", "lastName", "Person"));
        typed.put("username", username);
        typed.put("email", email);
        typed.put("password", Person.DEMO_PASSWORD);
        typed.put("password-confirm", Person.DEMO_PASSWORD);
        return login.visitor().submit(form, USERNAME, typed);
    }

    private String idOf(String username) {
        return stock.get("/users?exact=true&username=" + username)
                .json()
                .path(0)
                .path("id")
                .asText();
    }

    private static ObjectNode withCompany(ObjectNode user, String company) {
        ObjectNode changed = user.deepCopy();
        changed.withObjectProperty("attributes").putArray("companies").add(company);
        return changed;
    }
}
