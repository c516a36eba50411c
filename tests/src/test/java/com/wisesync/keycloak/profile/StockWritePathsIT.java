package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of stock Keycloak by which user data is written, and the rules applied to each. */
class StockWritePathsIT {

    private final Testbed testbed = Testbed.get();
    private final Api stock = testbed.stockApi();

    @Test
    void aUsernameHasTheFormOfAnAddress() {
        Answer answer = create("bob-" + UUID.randomUUID(), Person.newAddress());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo("username");
        assertThat(answer.json().path("errorMessage").asText()).isEqualTo("wiseSyncUsernameNotAnAddress");
    }

    /** For a form, the stock APIs answer with message keys, which both consoles translate with their own theme. */
    @ParameterizedTest
    @CsvSource({
        "admin, en, wiseSyncUsernameNotAnAddress, The username must be an email address.",
        "admin, de, wiseSyncUsernameNotAnAddress, Der Benutzername muss eine E-Mail-Adresse sein.",
        "admin, de, wiseSyncCompanyUnknown, Das Konto hat nicht alle diese Firmen.",
        "account, de, wiseSyncAddressTaken, Diese Adresse gehört zu einem anderen Benutzer.",
        "account, de, companies, Firmen"
    })
    void theConsolesHaveATextForEachKey(String console, String language, String key, String words) {
        JsonNode messages = new Api(testbed.server().url(), () -> null)
                .get("/resources/%s/%s/%s".formatted(Server.REALM, console, language))
                .json();

        assertThat(messages)
                .anySatisfy(message -> assertThat(message.path("key").asText() + "="
                                + message.path("value").asText())
                        .isEqualTo(key + "=" + words));
    }

    @Test
    void aUsernameIsTheEmailAddressUnlessItIsGiven() {
        String email = Person.newAddress();

        Answer answer = stock.post(
                "/users", Map.of("email", email, "firstName", "Test", "lastName", "Person", "enabled", true));

        assertThat(user(answer.createdId()).path("username").asText()).isEqualTo(email);
    }

    @Test
    void aUsernameMayDifferFromTheEmailAddress() {
        assertThat(create(Person.newAddress(), Person.newAddress()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\u3000%s"})
    void aUsernameThatIsAnotherUsersEmailAddressIsRefused(String written) {
        String email = Person.newAddress();
        create(Person.newAddress(), email);

        assertThat(create(written.formatted(email.toUpperCase(Locale.ROOT)), Person.newAddress())
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\u3000%s"})
    void anEmailAddressThatIsAnotherUsersUsernameIsRefused(String written) {
        String username = Person.newAddress();
        create(username, Person.newAddress());

        assertThat(create(Person.newAddress(), written.formatted(username.toUpperCase(Locale.ROOT)))
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\u3000%s"})
    void editingRefusesAnotherUsersAddress(String written) {
        Person other = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        String email = Person.newAddress();
        stock.put("/users/" + other.id(), Map.of("email", email));
        Person editing = testbed.people().create(DemoAccounts.ACME, "merchant-user");

        assertThat(edit(editing, "username", written.formatted(email.toUpperCase(Locale.ROOT)))
                        .status())
                .isEqualTo(409);
        assertThat(edit(editing, "email", written.formatted(other.username().toUpperCase(Locale.ROOT)))
                        .status())
                .isEqualTo(409);
        assertThat(edit(editing, "username", "bob-" + UUID.randomUUID()).status())
                .isEqualTo(400);
        assertThat(user(editing.id()).path("username").asText()).isEqualTo(editing.username());
        assertThat(user(editing.id()).path("email").asText()).isEqualTo(editing.username());
    }

    @Test
    void anEmailThatAnAdministratorChangesIsVerifiedOnlyByALaterCall() {
        Person person = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        assertThat(isEmailVerified(person)).isTrue();

        // Like the console, which sends emailVerified with every change.
        assertThat(edit(person, "email", Person.newAddress()).status()).isEqualTo(204);
        assertThat(isEmailVerified(person)).isFalse();
        ObjectNode verified = ((ObjectNode) user(person.id())).put("emailVerified", true);
        assertThat(stock.put("/users/" + person.id(), verified.deepCopy().put("email", Person.newAddress()))
                        .status())
                .isEqualTo(204);
        assertThat(isEmailVerified(person)).isFalse();

        ObjectNode current = ((ObjectNode) user(person.id())).put("emailVerified", true);
        assertThat(stock.put("/users/" + person.id(), current).status()).isEqualTo(204);
        assertThat(isEmailVerified(person)).isTrue();
        assertThat(edit(person, "firstName", "Other").status()).isEqualTo(204);
        assertThat(edit(person, "email", current.path("email").asText().toUpperCase(Locale.ROOT))
                        .status())
                .isEqualTo(204);
        assertThat(isEmailVerified(person)).isTrue();
    }

    private boolean isEmailVerified(Person person) {
        return user(person.id()).path("emailVerified").asBoolean();
    }

    /** Dotted capital I, full width, Cyrillic, ligature, combining mark, zero width and no-break space. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0130da@acme.example",
                "\uFF55ma@acme.example",
                "um\u0430@acme.example",
                "\uFB01fi@acme.example",
                "uma\u0301@acme.example",
                "uma\u200B@acme.example",
                "uma@acme.example\u00A0",
                "uma@acm\u0435.example"
            })
    void textThatLooksLikeAnAddressIsRefused(String written) {
        assertThat(create(written, Person.newAddress()).status()).isEqualTo(400);
        assertThat(create(Person.newAddress(), written).status()).isEqualTo(400);
    }

    @Test
    void companiesAreThoseOfTheAccountAndOnlyInTheRoleUser() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Person merchant = testbed.people().create(DemoAccounts.ACME, "merchant-user");

        assertThat(assign(user, "acme-us").status()).isEqualTo(204);
        assertThat(assign(user, "globex").json().path("errorMessage").asText()).isEqualTo("wiseSyncCompanyUnknown");
        assertThat(assign(merchant, "acme-au").json().path("errorMessage").asText())
                .isEqualTo("wiseSyncCompaniesNeedRoleUser");
        assertThat(stock.post(
                                "/users",
                                Map.of(
                                        "email",
                                        Person.newAddress(),
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
    void grantingARoleRevokesTheOthers() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

        grant(user, "merchant-admin");

        assertThat(roles(user)).contains("merchant-admin").doesNotContain("user");
        assertThat(user(user.id()).path("attributes").has("companies")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"en, exactly one role", "de, genau eine Rolle"})
    void theLastRoleOfAUserOfAnAccountStays(String language, String message) {
        Person user = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        JsonNode role = stock.get("/roles/merchant-user").json();

        Answer answer = stock.send(
                "DELETE",
                "/users/" + user.id() + "/role-mappings/realm",
                "[" + role + "]",
                "Accept-Language",
                language);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errorMessage").asText()).contains(message);
        assertThat(roles(user)).contains("merchant-user");
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

    private Answer edit(Person person, String attribute, String value) {
        return stock.put("/users/" + person.id(), ((ObjectNode) user(person.id())).put(attribute, value));
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
}
