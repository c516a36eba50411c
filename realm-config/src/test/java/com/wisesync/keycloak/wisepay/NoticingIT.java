package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.simulator.Deactivation;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each road by which somebody can be turned off ends in exactly one deactivation; what is no such road ends in none. */
class NoticingIT {

    private final Testbed testbed = Testbed.get();
    private final String account = testbed.people().account("other", "company");
    private final Person person = personWithLinks();
    private final Api admin = new Api(
            testbed.server().url() + "/admin/realms/" + Server.REALM,
            () -> testbed.adminClient().tokenManager().getAccessTokenString());

    @Test
    void stockRest() {
        disable(person);

        assertThat(theOneHeardOf(person)).satisfies(heard -> {
            assertThat(heard.type()).isEqualTo("user.disabled");
            assertThat(heard.reason()).isEqualTo("admin");
            assertThat(heard.body().at("/account/id").asText()).isEqualTo(account);
            assertThat(heard.body().at("/user/email").asText()).isEqualTo(person.username());
            assertThat(heard.deactivated()).hasSize(3);
        });
    }

    @Test
    void alreadyDisabledIsNothingNew() {
        disable(person);
        theOneHeardOf(person);

        disable(person);

        theOneHeardOf(person);
    }

    @Test
    void disabledAgainIsHeardAgainInOrder() {
        disable(person);
        enable(person);
        disable(person);

        await().until(() -> heardOf(person).size() == 2);
        assertThat(heardOf(person))
                .extracting(heard -> heard.body().path("occurredAt").asText())
                .isSorted();
    }

    @Test
    void aChangeThatIsRefusedIsNothing() {
        ObjectNode representation = representation(person).put("enabled", false);

        assertThat(admin.put("/users/" + person.id(), representation.put("email", Person.UMA.username()))
                        .status())
                .isEqualTo(409);

        assertNothingHeardOf(person);
    }

    @Test
    void deletedByAnAdmin() {
        assertThat(admin.delete("/users/" + person.id()).status()).isEqualTo(204);

        assertThat(theOneHeardOf(person)).satisfies(heard -> {
            assertThat(heard.type()).isEqualTo("user.deleted");
            assertThat(heard.reason()).isEqualTo("admin");
            assertThat(heard.body().at("/account/id").asText()).isEqualTo(account);
        });
    }

    @Test
    void overwrittenByAPartialImport() {
        Map<String, Object> file = Map.of(
                "ifResourceExists",
                "OVERWRITE",
                "users",
                List.of(Map.of("username", person.username(), "email", person.username(), "enabled", true)));

        assertThat(admin.post("/partialImport", file).status()).isEqualTo(200);

        assertThat(theOneHeardOf(person)).satisfies(heard -> {
            assertThat(heard.type()).isEqualTo("user.deleted");
            assertThat(heard.reason()).isEqualTo("import");
        });
    }

    @Test
    void accountDisabled() {
        Person other = personWithLinks();
        ObjectNode organization =
                (ObjectNode) admin.get("/organizations/" + account).json();

        assertThat(admin.put("/organizations/" + account, organization.put("enabled", false))
                        .status())
                .isEqualTo(204);

        assertThat(List.of(theOneHeardOf(person), theOneHeardOf(other))).allSatisfy(heard -> {
            assertThat(heard.type()).isEqualTo("user.disabled");
            assertThat(heard.reason()).isEqualTo("account");
        });
    }

    @Test
    void accountDeleted() {
        assertThat(admin.delete("/organizations/" + account).status()).isEqualTo(204);

        assertThat(theOneHeardOf(person).reason()).isEqualTo("account");
    }

    @Test
    void removedFromTheAccount() {
        assertThat(admin.delete("/organizations/%s/members/%s".formatted(account, person.id()))
                        .status())
                .isEqualTo(204);

        assertThat(theOneHeardOf(person).reason()).isEqualTo("account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable-user", "delete-user"})
    void turnedOffByAWorkflow(String step) {
        Map<String, Object> workflow = Map.of("name", step + " " + person.id(), "steps", List.of(Map.of("uses", step)));
        Answer created = admin.post("/workflows", workflow);
        assertThat(created.status()).as(created.text()).isEqualTo(201);

        assertThat(admin.post("/workflows/%s/activate/USERS/%s".formatted(created.createdId(), person.id()), null)
                        .status())
                .isEqualTo(204);

        assertThat(theOneHeardOf(person).reason()).isEqualTo("workflow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "PUT", "DELETE"})
    void turnedOffThroughScim(String method) {
        Api scim = scim();
        Object body = switch (method) {
            case "PATCH" ->
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                        "Operations",
                        List.of(Map.of("op", "replace", "path", "active", "value", false)));
            case "PUT" -> ((ObjectNode) scim.get("/Users/" + person.id()).json()).put("active", false);
            default -> null;
        };

        Answer answer = scim.send(method, "/Users/" + person.id(), body, "Content-Type", "application/scim+json");

        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
        assertThat(theOneHeardOf(person).reason()).isEqualTo("scim");
    }

    @Test
    void lockedOutForGoodIsNothing() {
        lockouts(true);
        try {
            Login login = testbed.login(Application.WISE_SYNC);
            Person mistaken = new Person(person.id(), person.username(), "wrong-password");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                login.password(login.start(), mistaken);
                return !representation(person).path("enabled").asBoolean();
            });
        } finally {
            lockouts(false);
        }

        assertNothingHeardOf(person);
    }

    private void lockouts(boolean permanent) {
        ObjectNode realm = (ObjectNode) admin.get("").json();
        realm.put("permanentLockout", permanent).put("failureFactor", permanent ? 2 : 10);
        assertThat(admin.put("", realm).status()).isEqualTo(204);
    }

    private Api scim() {
        String base = testbed.server().realmUrl() + "/scim/v2";
        ObjectNode realm = (ObjectNode) admin.get("").json();
        assertThat(admin.put("", realm.put("scimApiEnabled", true)).status()).isEqualTo(204);
        String name = "scim-" + person.id();
        String client = admin.post(
                        "/clients",
                        Map.of(
                                "clientId",
                                name,
                                "secret",
                                name,
                                "serviceAccountsEnabled",
                                true,
                                "protocolMappers",
                                List.of(Map.of(
                                        "name",
                                        "audience",
                                        "protocol",
                                        "openid-connect",
                                        "protocolMapper",
                                        "oidc-audience-mapper",
                                        "config",
                                        Map.of("included.custom.audience", base, "access.token.claim", "true")))))
                .createdId();
        String service = admin.get("/clients/%s/service-account-user".formatted(client))
                .json()
                .path("id")
                .asText();
        String management = admin.get("/clients?clientId=realm-management")
                .json()
                .get(0)
                .path("id")
                .asText();
        JsonNode role =
                admin.get("/clients/%s/roles/realm-admin".formatted(management)).json();
        assertThat(admin.post("/users/%s/role-mappings/clients/%s".formatted(service, management), List.of(role))
                        .status())
                .isEqualTo(204);
        String token = Tokens.ofService(testbed.server(), name, name).access();
        return new Api(base, () -> token);
    }

    private Person personWithLinks() {
        Person made = testbed.people().in(account, "user", "company");
        testbed.wisePay().addOneOfEach(made.id());
        return made;
    }

    private void disable(Person who) {
        assertThat(admin.put("/users/" + who.id(), representation(who).put("enabled", false))
                        .status())
                .isEqualTo(204);
    }

    private void enable(Person who) {
        assertThat(admin.put("/users/" + who.id(), representation(who).put("enabled", true))
                        .status())
                .isEqualTo(204);
    }

    private ObjectNode representation(Person who) {
        return (ObjectNode) admin.get("/users/" + who.id()).json();
    }

    private List<Deactivation> heardOf(Person who) {
        return testbed.wisePay().deactivationsOf(who.id());
    }

    /** Waits for one, and then for what was done after it, so that a second one would have been heard too. */
    private Deactivation theOneHeardOf(Person who) {
        await().until(() -> !heardOf(who).isEmpty());
        afterEverythingSoFar();
        assertThat(heardOf(who)).hasSize(1);
        return heardOf(who).get(0);
    }

    private void assertNothingHeardOf(Person who) {
        afterEverythingSoFar();
        assertThat(heardOf(who)).isEmpty();
    }

    private void afterEverythingSoFar() {
        Person last = testbed.people().in(account(), "user", "company");
        disable(last);
        await().until(() -> !heardOf(last).isEmpty());
    }

    private String account() {
        return testbed.people().account("other", "company");
    }
}
