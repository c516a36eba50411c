package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.ScimApi;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.WebPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** Like {@link DetectionIT}, for changes through a browser or APIs other than the admin API. */
class DetectionThroughOtherPathsIT extends DetectionSetup {

    @ParameterizedTest
    @ValueSource(strings = {"disable-user", "delete-user"})
    void aUserDisabledByAWorkflowIsReported(String step) {
        events.ready(Events.WISE_SYNC, person.id());
        Map<String, Object> workflow = Map.of("name", step + " " + person.id(), "steps", List.of(Map.of("uses", step)));
        Answer created = admin.post("/workflows", workflow);
        assertThat(created.status()).as(created.text()).isEqualTo(201);

        assertThat(admin.post("/workflows/%s/activate/USERS/%s".formatted(created.createdId(), person.id()), null)
                        .status())
                .isEqualTo(204);

        assertThat(notifications.awaitSingle(person).reason()).isEqualTo("workflow");
        events.await(Events.WISE_SYNC, person.id(), step.equals("delete-user") ? "user.deleted" : "user.disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "PUT", "DELETE"})
    void aUserDisabledThroughScimIsReported(String method) {
        events.ready(Events.WISE_SYNC, person.id());
        Api scim = ScimApi.open(testbed.server(), testbed.realm());
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
        assertThat(notifications.awaitSingle(person).reason()).isEqualTo("scim");
        events.await(Events.WISE_SYNC, person.id(), method.equals("DELETE") ? "user.deleted" : "user.disabled");
    }

    @Test
    void aUserWhoDeletesTheirOwnAccountIsReported() {
        events.ready(Events.WISE_SYNC, person.id());
        setSelfDeletion(true);
        try {
            Login login = testbed.login(Application.WISE_SYNC);
            WebPage asked = login.through(login.start("kc_action", "delete_account"), person, testbed.mailbox());

            login.visitor().submit(asked, "#kc-submit", Map.of());
        } finally {
            setSelfDeletion(false);
        }

        assertThat(notifications.awaitSingle(person)).satisfies(received -> {
            assertThat(received.type()).isEqualTo("user.deleted");
            assertThat(received.reason()).isEqualTo("self");
            assertThat(received.body().at("/account/id").asText()).isEqualTo(account);
        });
        events.await(Events.WISE_SYNC, person.id(), "user.deleted");
    }

    @Test
    void aUserDisabledInKeycloaksOwnConsoleIsReported() {
        events.ready(Events.WISE_SYNC, person.id());
        try (Browser browser = Browser.launch()) {
            Page page = browser.newPage();
            page.navigate(testbed.server().url()
                    + "/admin/master/console/#/%s/users/%s/settings".formatted(Server.REALM, person.id()));
            page.locator("#username").fill(Server.ADMIN);
            page.locator("#password").fill(Server.ADMIN);
            page.locator("#kc-login").click();

            page.locator("label:has([data-testid='%s-switch'])".formatted(person.username()))
                    .click();

            Response saved = page.waitForResponse(
                    answer -> answer.request().method().equals("PUT")
                            && answer.url().endsWith("/users/" + person.id()),
                    () -> page.getByTestId("confirm").click());

            assertThat(saved.status()).isEqualTo(204);
            assertThat(notifications.awaitSingle(person).reason()).isEqualTo("admin");
            events.await(Events.WISE_SYNC, person.id(), "user.disabled");
        }
    }

    @Test
    void aTemporaryLockoutIsNotReported() {
        Login login = testbed.login(Application.WISE_SYNC);
        Person mistaken = new Person(person.id(), person.username(), "wrong-password");

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            login.password(login.start(), mistaken);
            return admin.get("/attack-detection/brute-force/users/" + person.id())
                    .json()
                    .path("disabled")
                    .asBoolean();
        });

        notifications.assertNone(person);
    }

    @Test
    void aPermanentLockoutIsNotReported() {
        lockOutPermanently();

        notifications.assertNone(person);
    }

    /** SCIM leaves Keycloak's mark of the lockout at the user. */
    @ParameterizedTest
    @ValueSource(strings = {"wise-sync", "scim"})
    void aUserDisabledSomeTimeAfterAPermanentLockoutIsReported(String enabledBy) {
        lockOutPermanently();
        if (enabledBy.equals("scim")) {
            Map<String, Object> patch = Map.of(
                    "schemas",
                    List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                    "Operations",
                    List.of(Map.of("op", "replace", "path", "active", "value", true)));
            Answer enabled = ScimApi.open(testbed.server(), testbed.realm())
                    .send("PATCH", "/Users/" + person.id(), patch, "Content-Type", "application/scim+json");
            assertThat(enabled.status()).as(enabled.text()).isBetween(200, 204);
        } else {
            String user = "/accounts/%s/users/%s".formatted(account, person.id());
            assertThat(testbed.serviceApi().post(user + "/enable", null).status())
                    .isEqualTo(204);
            assertThat(notifications.representation(person).at("/attributes/disabledReason"))
                    .isEmpty();
        }

        notifications.disable(person);

        assertThat(notifications.awaitSingle(person).reason()).isEqualTo("admin");
        assertThat(notifications.representation(person).at("/attributes/disabledReason"))
                .isEmpty();
    }

    /** Disabled in our realm, but a feature of stock Keycloak. */
    private void setSelfDeletion(boolean enabled) {
        RequiredActionProviderRepresentation action = testbed.realm().flows().getRequiredAction("delete_account");
        action.setEnabled(enabled);
        testbed.realm().flows().updateRequiredAction("delete_account", action);
        if (enabled) {
            String client =
                    testbed.realm().clients().findByClientId("account").get(0).getId();
            testbed.realm()
                    .users()
                    .get(person.id())
                    .roles()
                    .clientLevel(client)
                    .add(List.of(testbed.realm()
                            .clients()
                            .get(client)
                            .roles()
                            .get("delete-account")
                            .toRepresentation()));
        }
    }

    private void lockOutPermanently() {
        lockouts(true);
        try {
            Login login = testbed.login(Application.WISE_SYNC);
            Person mistaken = new Person(person.id(), person.username(), "wrong-password");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                login.password(login.start(), mistaken);
                return !notifications.representation(person).path("enabled").asBoolean();
            });
        } finally {
            lockouts(false);
        }
    }

    private void lockouts(boolean permanent) {
        ObjectNode realm = (ObjectNode) admin.get("").json();
        realm.put("permanentLockout", permanent).put("failureFactor", permanent ? 2 : 10);
        assertThat(admin.put("", realm).status()).isEqualTo(204);
    }
}
