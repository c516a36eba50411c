package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.keycloak.representations.idm.AdminEventRepresentation;

/** Every write creates an admin event with caller, action, object and account, and no secret. */
@TestInstance(Lifecycle.PER_CLASS)
class AuditIT {

    private static final Testbed BED = Testbed.get();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "secret-marker";

    private final Api sam = BED.api(BED.logIn(Person.SAM, Application.CONSOLE).access());
    private String account;
    private String path;

    @BeforeEach
    void anAccount() {
        account = BED.people().account("autotask", "one", "two");
        path = "/accounts/" + account;
    }

    @Test
    void changesOfAccountsAreRecorded() {
        String name = "Audit " + UUID.randomUUID();
        account = sam.post("/accounts", Map.of("name", name, "psa", "other")).createdId();
        assertThat(written("organizations/" + account, "ORGANIZATION", "CREATE").at("/after/name"))
                .hasToString("\"" + name + "\"");

        sam.put(
                "/accounts/" + account,
                Map.of("name", name + "!", "psa", "autotask", "twoFactorMode", "required", "enabled", false));
        JsonNode updated = written("organizations/" + account, "ORGANIZATION", "UPDATE");
        assertThat(updated.at("/before/name").asText()).isEqualTo(name);
        assertThat(updated.at("/before/psa").asText()).isEqualTo("other");
        assertThat(updated.at("/before/enabled").asBoolean()).isTrue();
        assertThat(updated.at("/after/name").asText()).isEqualTo(name + "!");
        assertThat(updated.at("/after/psa").asText()).isEqualTo("autotask");
        assertThat(updated.at("/after/enabled").asBoolean()).isFalse();
    }

    @Test
    void changesOfCompaniesAndOfTheirUsersAreRecorded() {
        Person person = BED.people().create(account, "user", "one");
        String company = "organizations/" + account + "/companies/";

        sam.put(path + "/companies/three", Map.of("name", "Three", "package", "myob"));
        assertThat(written(company + "three", "COMPANY", "CREATE").at("/after/name"))
                .hasToString("\"Three\"");

        sam.put(path + "/companies/three", Map.of("name", "3", "package", "xero"));
        JsonNode renamed = written(company + "three", "COMPANY", "UPDATE");
        assertThat(renamed.at("/before/name").asText()).isEqualTo("Three");
        assertThat(renamed.at("/after/name").asText()).isEqualTo("3");

        sam.delete(path + "/companies/one");
        assertThat(written(company + "one", "COMPANY", "DELETE").at("/before/name"))
                .hasToString("\"one\"");
        JsonNode unassigned = written("users/" + person.id(), "USER", "UPDATE");
        assertThat(unassigned.at("/before/companies")).hasToString("[\"one\"]");
        assertThat(unassigned.at("/after/companies")).hasToString("[]");

        sam.delete(path + "/companies/one");
        assertThat(events(company + "one")).as("nothing went the second time").hasSize(1);
    }

    @Test
    void changesOfUsersAreRecorded() {
        Map<String, Object> body = body("user", "one");
        body.put("password", SECRET);
        String id = sam.post(path + "/users", body).createdId();
        JsonNode created = written("users/" + id, "USER", "CREATE");
        assertThat(created.at("/after/email").asText()).isEqualTo(body.get("email"));
        assertThat(created.at("/after/companies")).hasToString("[\"one\"]");

        Map<String, Object> edit = body("merchant-user");
        edit.put("username", edit.get("email"));
        assertThat(sam.put(path + "/users/" + id, edit).status()).isEqualTo(200);
        JsonNode edited = written("users/" + id, "USER", "UPDATE");
        assertThat(edited.at("/before/email").asText()).isEqualTo(body.get("email"));
        assertThat(edited.at("/before/role").asText()).isEqualTo("user");
        assertThat(edited.at("/after/email").asText()).isEqualTo(edit.get("email"));
        assertThat(edited.at("/after/role").asText()).isEqualTo("merchant-user");

        assertThat(sam.put(path + "/users/" + id + "/password", Map.of("password", SECRET + "!"))
                        .status())
                .isEqualTo(204);
        written("users/" + id + "/password", "USER", "ACTION");

        assertThat(sam.post(path + "/users/" + id + "/reset-password", null).status())
                .isEqualTo(204);
        written("users/" + id + "/reset-password", "USER", "ACTION");
    }

    @Test
    void disablingAndEnablingAreRecorded() {
        Person person = BED.people().create(account, "user", "one");

        sam.post(path + "/users/" + person.id() + "/disable", null);
        JsonNode disabled = written("users/" + person.id(), "USER", "UPDATE");
        assertThat(disabled.at("/before/enabled").asBoolean()).isTrue();
        assertThat(disabled.at("/after/enabled").asBoolean(true)).isFalse();

        sam.post(path + "/users/" + person.id() + "/enable", null);
        JsonNode enabled = written("users/" + person.id(), "USER", "UPDATE");
        assertThat(enabled.at("/before/enabled").asBoolean(true)).isFalse();
        assertThat(enabled.at("/after/enabled").asBoolean()).isTrue();
    }

    @Test
    void removedSecondFactorsAreRecorded() {
        Person person = BED.people().withDevice(account, "user", "one");

        assertThat(sam.delete(path + "/users/" + person.id() + "/two-factor").status())
                .isEqualTo(204);

        JsonNode removed = written("users/" + person.id() + "/two-factor", "USER", "ACTION");
        assertThat(removed.at("/before/twoFactor").asBoolean()).isTrue();
        assertThat(removed.at("/after/twoFactor").asBoolean(true)).isFalse();
    }

    @Test
    void eachImportedUserIsRecorded() {
        String file = "role,companies,firstName,lastName,email,password\n"
                + "user,one|two,Al,Baker," + UUID.randomUUID() + "@test.example,\n"
                + "account-admin,,Bo,Baker," + UUID.randomUUID() + "@test.example," + SECRET + "\n";
        Answer imported = sam.send("POST", path + "/users/import", file, "Content-Type", "text/csv");
        assertThat(imported.status()).as(imported.text()).isEqualTo(200);

        JsonNode rows = imported.json().path("rows");
        assertThat(written("users/" + rows.at("/0/id").asText(), "USER", "CREATE")
                        .at("/after/companies"))
                .hasToString("[\"one\",\"two\"]");
        assertThat(written("users/" + rows.at("/1/id").asText(), "USER", "CREATE")
                        .at("/after/role"))
                .hasToString("\"account-admin\"");
    }

    @Test
    void aRetriedDeactivationIsRecorded() {
        Person person = BED.people().create(account, "user", "one");
        BED.wisePay().failNext(person.id(), 1, 400, Map.of());
        sam.post(path + "/users/" + person.id() + "/disable", null);
        JsonNode failed = await().until(
                        () -> sam.get(path + "/users/" + person.id() + "/deactivations")
                                .json()
                                .path(0),
                        recorded -> recorded.path("state").asText().equals("failed"));
        String id = failed.path("id").asText();

        assertThat(sam.post("/deactivations/" + id + "/retry", null).status()).isEqualTo(204);

        JsonNode retried = written("users/" + person.id() + "/deactivations/" + id, "DEACTIVATION", "ACTION");
        assertThat(retried.at("/before/state").asText()).isEqualTo("failed");
        assertThat(retried.at("/after/state").asText()).isEqualTo("waiting");
    }

    @Test
    void refusedChangesAreNotRecorded() {
        Person admin = BED.people().create(account, "account-admin");

        assertThat(sam.post(path + "/users/" + admin.id() + "/disable", null).status())
                .isEqualTo(409);

        assertThat(events("users/" + admin.id()))
                .noneMatch(event -> event.getAuthDetails().getUserId().equals(Person.SAM.id()));
    }

    /** The content of the newest event of this kind; checks its other properties. */
    private JsonNode written(String resource, String type, String operation) {
        AdminEventRepresentation event = events(resource).stream()
                .filter(one -> one.getOperationType().equals(operation))
                .filter(one -> one.getAuthDetails().getUserId().equals(Person.SAM.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No event " + operation + " of " + resource));
        assertThat(event.getResourceType()).isEqualTo(type);
        assertThat(event.getAuthDetails().getClientId()).isNotBlank();
        assertThat(event.getAuthDetails().getIpAddress()).isNotBlank();
        assertThat(event.getDetails()).containsEntry("account", account);
        assertThat(event.getRepresentation()).doesNotContain(SECRET);
        JsonNode recorded = json(event.getRepresentation());
        assertThat(recorded.at("/account/id").asText()).isEqualTo(account);
        assertThat(recorded.at("/account/name").asText()).isNotBlank();
        return recorded;
    }

    private static List<AdminEventRepresentation> events(String resource) {
        return BED.realm().getAdminEvents(null, null, null, null, null, resource, null, null, null, null, null);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> body(String role, String... companies) {
        return UserBody.newUser(role, UUID.randomUUID() + "@test.example", companies);
    }
}
