package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.UserRepresentation;

/** Calls within the own account that are refused to account-admins, and their messages. */
@TestInstance(Lifecycle.PER_CLASS)
class RulesIT {

    private static final Testbed BED = Testbed.get();
    private final String account = BED.people().account("other", "one", "two");
    private final String users = "/accounts/" + account + "/users";
    private final Person admin = BED.people().create(account, "account-admin");
    private final Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user | [] | companies | wiseSyncCompanyMissing",
                "user | [\"one\",\"gone\"] | companies | wiseSyncCompanyUnknown",
                "account-admin | [\"one\"] | companies | wiseSyncCompaniesNeedRoleUser",
                "merchant-admin | [\"one\"] | companies | wiseSyncCompaniesNeedRoleUser",
                "merchant-user | [\"two\"] | companies | wiseSyncCompaniesNeedRoleUser",
                "support | [] | role | wiseSyncFieldNoChoice"
            })
    void companiesHaveToFitTheRole(String role, String companies, String field, String key) {
        String person =
                "\"firstName\":\"A\",\"lastName\":\"B\",\"email\":\"%s@test.example\"".formatted(UUID.randomUUID());
        String body = "{\"role\":\"%s\",\"companies\":%s,%s}".formatted(role, companies, person);

        assertRefused(api.post(users, body), 400, field, key);

        Person user = BED.people().create(account, "user", "one");
        String edit =
                "{\"role\":\"%s\",\"companies\":%s,\"firstName\":\"A\",\"lastName\":\"B\",\"email\":\"%s\",\"username\":\"%s\"}"
                        .formatted(role, companies, user.username(), user.username());
        assertRefused(api.put(users + "/" + user.id(), edit), 400, field, key);
    }

    @Test
    void aRoleIsChangedWhereTheAccountRunsNoAutotask() {
        Person person = BED.people().create(account, "user", "one");

        Answer changed = api.put(users + "/" + person.id(), edit(person, "merchant-admin"));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("role").asText()).isEqualTo("merchant-admin");
        assertThat(changed.json().path("companies")).isEmpty();
    }

    @Test
    void usersCannotDisableThemselves() {
        BED.people().create(account, "account-admin");

        Answer refused = api.post(users + "/" + admin.id() + "/disable", null);

        assertRefused(refused, 403, "", "wiseSyncNotYourself");
        assertThat(refused.json().path("errorMessage").asText()).isEqualTo("You cannot disable yourself.");
    }

    @Test
    void theLastAdminKeepsTheirRole() {
        String small = BED.people().account("other", "one");
        Person last = BED.people().create(small, "account-admin");
        Person disabled = BED.people().create(small, "account-admin");
        String path = "/accounts/" + small + "/users/";
        assertThat(BED.serviceApi()
                        .post(path + disabled.id() + "/disable", null)
                        .status())
                .isEqualTo(204);
        Answer refused = BED.serviceApi().put(path + last.id(), edit(last, "merchant-user"));

        assertRefused(refused, 409, "", "wiseSyncLastAdminKeepsRole");
        assertThat(refused.json().path("errorMessage").asText())
                .startsWith("Test Person is the last account administrator of Test ")
                .endsWith(" and cannot be given another role.");
    }

    @ParameterizedTest
    @CsvSource({"other", "autotask"})
    void createsNoUserBeforeTheAccountHasACompany(String psa) {
        String empty = BED.people().account(psa);
        Person first = BED.people().create(empty, "account-admin");
        Api own = BED.api(BED.logIn(first, Application.CONSOLE).access());
        Map<String, Object> body = new HashMap<>(edit(first, "account-admin"));
        body.put("email", UUID.randomUUID() + "@test.example");
        body.put("username", body.get("email"));

        assertRefused(own.post("/accounts/" + empty + "/users", body), 409, "", "wiseSyncAccountNotReady");
        assertThat(BED.serviceApi().post("/accounts/" + empty + "/users", body).status())
                .isEqualTo(201);
    }

    @Test
    void aShortPasswordOrANameIsRefused() {
        String autotask = BED.people().account("autotask", "one");
        Person person = BED.people().create(autotask, "user", "one");
        String path = "/accounts/" + autotask + "/users/" + person.id() + "/password";
        Api service = BED.serviceApi();

        Answer tooShort = service.put(path, Map.of("password", "12345"));
        assertRefused(tooShort, 400, "password", "wiseSyncPasswordTooShort");
        assertThat(tooShort.json().path("errorMessage").asText())
                .isEqualTo("Passwords must be at least 6 characters long");
        assertRefused(
                service.put(path, Map.of("password", person.username().toUpperCase(Locale.ROOT))),
                400,
                "password",
                "wiseSyncPasswordIsName");
        assertRefused(service.put(path, Map.of("password", 1)), 400, "password", "wiseSyncFieldWrong");
        assertThat(service.put(path, Map.of("password", "123456")).status()).isEqualTo(204);
    }

    @Test
    void unknownAndWrongFieldsAreRefused() {
        Person person = BED.people().create(account, "user", "one");
        String path = users + "/" + person.id();
        Map<String, Object> more = new HashMap<>(edit(person, "user"));
        more.put("companies", List.of("one"));
        more.put("enabled", false);

        assertRefused(api.put(path, more), 400, "enabled", "wiseSyncFieldUnknown");
        assertRefused(api.post(users, Map.of("groups", List.of())), 400, "groups", "wiseSyncFieldUnknown");
        assertRefused(
                BED.serviceApi().put("/accounts/" + account, Map.of("name", "A", "members", 1)),
                400,
                "members",
                "wiseSyncFieldUnknown");
        assertRefused(
                BED.serviceApi().put("/accounts/" + account, Map.of("name", "A", "id", "another")),
                400,
                "id",
                "wiseSyncIdDiffers");
        Answer several = api.post(users, Map.of("role", "user"));
        assertThat(several.json().path("errors").findValuesAsText("field")).contains("firstName", "email");
        assertThat(api.get(path).json().path("enabled").asBoolean()).isTrue();
    }

    @Test
    void refusesAStaleEditOfAnAccount() {
        Api service = BED.serviceApi();
        Answer created = service.post("/accounts", Map.of("name", "Stale " + UUID.randomUUID()));
        String path = "/accounts/" + created.createdId();
        String version = service.get(path).header("ETag").orElseThrow();
        Map<String, Object> edit = Map.of(
                "name",
                created.json().path("name").asText(),
                "psa",
                "other",
                "twoFactorMode",
                "required",
                "enabled",
                true);

        Answer edited = service.send("PUT", path, edit, "If-Match", version);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(edited.header("ETag")).isPresent().isNotEqualTo(version);

        assertRefused(service.send("PUT", path, edit, "If-Match", version), 412, "", "wiseSyncStale");
        assertThat(service.send(
                                "PUT",
                                path,
                                edit,
                                "If-Match",
                                edited.header("ETag").orElseThrow())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAccountAdminSeesTheirOwnAccountOnly() {
        JsonNode seen = api.get("/accounts").json();

        assertThat(seen.path("total").asInt()).isOne();
        assertThat(seen.at("/accounts/0/id").asText()).isEqualTo(account);
        assertThat(api.get("/accounts?search=acme").json().path("total").asInt())
                .isZero();
        assertThat(BED.serviceApi().get("/accounts?search=ACME%20m").json().at("/accounts/0/name"))
                .hasToString("\"Acme MSP\"");
    }

    @Test
    void anAccountIsFoundByItsWordsWithAnyApostrophe() {
        String own = BED.people().account("other", "one");
        Person reader = BED.people().create(own, "account-admin");
        Map<String, Object> settings = Map.of(
                "name", "Se\u00E1n O\u2019Hara " + own, "psa", "other", "twoFactorMode", "required", "enabled", true);
        assertThat(BED.serviceApi().put("/accounts/" + own, settings).status()).isEqualTo(200);
        Api asReader = BED.api(BED.logIn(reader, Application.CONSOLE).access());

        for (String search : List.of("O'HARA,%20Se%C3%A1n", "se%C3%A1n%20%20o%60hara", "%E2%80%8Eo'hara%09")) {
            for (Api reading : List.of(BED.serviceApi(), asReader)) {
                Answer found = reading.get("/accounts?search=" + search + "%20" + own);
                assertThat(found.json().path("total").asInt())
                        .as(search + ": " + found.text())
                        .isOne();
                assertThat(reading.get("/accounts?search=o_hara%20" + own)
                                .json()
                                .path("total")
                                .asInt())
                        .isZero();
            }
        }
    }

    @Test
    void messagesAreInTheRequestedLanguage() {
        Answer refused = api.send("POST", users + "/" + admin.id() + "/disable", null, "Accept-Language", "de");
        Answer warned = BED.serviceApi()
                .send("GET", "/accounts/" + BED.people().account("other"), null, "Accept-Language", "de");

        assertInGerman(refused);
        assertThat(warned.json().path("warnings").findValuesAsText("message"))
                .contains("Das Konto hat keinen aktiven Administrator.", "Es ist noch keine Firma verbunden.");
    }

    @Test
    void messagesAreInTheLanguageThatTheReaderHasChosen() {
        Person reader = BED.people().create(account, "account-admin");
        UserRepresentation chosen = BED.realm().users().get(reader.id()).toRepresentation();
        chosen.singleAttribute("locale", "de");
        BED.realm().users().get(reader.id()).update(chosen);
        Api own = BED.api(BED.logIn(reader, Application.CONSOLE).access());

        assertInGerman(own.send("POST", users + "/" + reader.id() + "/disable", null, "Accept-Language", "en"));
    }

    private static void assertInGerman(Answer refused) {
        assertThat(refused.json().path("key").asText()).isEqualTo("wiseSyncNotYourself");
        assertThat(refused.json().path("errorMessage").asText())
                .isEqualTo("Sie können sich nicht selbst deaktivieren.");
    }

    private static Map<String, Object> edit(Person person, String role) {
        return UserBody.edit(role, person.username(), person.username());
    }

    /** @param field empty if the refusal concerns no field */
    private static void assertRefused(Answer answer, int status, String field, String key) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
        assertThat(answer.json().path("key").asText()).isEqualTo(key);
        assertThat(answer.json().path("errorMessage").asText()).isNotBlank();
    }
}
