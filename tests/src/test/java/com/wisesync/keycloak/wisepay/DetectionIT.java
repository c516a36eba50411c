package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Person;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to disable a user causes exactly one deactivation; anything else causes none. */
class DetectionIT extends DetectionSetup {

    @Test
    void aUserDisabledThroughKeycloaksOwnApiIsReported() {
        notifications.disable(person);

        assertThat(notifications.awaitSingle(person)).satisfies(received -> {
            assertThat(received.type()).isEqualTo("user.disabled");
            assertThat(received.reason()).isEqualTo("admin");
            assertThat(received.body().at("/account/id").asText()).isEqualTo(account);
            assertThat(received.body().at("/user/email").asText()).isEqualTo(person.username());
            assertThat(received.deactivated()).hasSize(3);
        });
    }

    @Test
    void aUserDisabledThroughTheAdminApiIsReported() {
        String user = "/accounts/%s/users/%s".formatted(account, person.id());

        assertThat(testbed.serviceApi().post(user + "/disable", null).status()).isEqualTo(204);

        assertThat(notifications.awaitSingle(person)).satisfies(received -> {
            assertThat(received.type()).isEqualTo("user.disabled");
            assertThat(received.reason()).isEqualTo("admin");
        });
    }

    @Test
    void disablingADisabledUserIsNotReported() {
        notifications.disable(person);
        notifications.awaitSingle(person);

        notifications.disable(person);

        notifications.awaitSingle(person);
    }

    @Test
    void aUserDisabledAgainIsReportedAgainInOrder() {
        notifications.disable(person);
        notifications.enable(person);
        notifications.disable(person);

        await().until(() -> notifications.find(person).size() == 2);
        assertThat(notifications.find(person))
                .extracting(received -> received.body().path("occurredAt").asText())
                .isSorted();
    }

    @Test
    void aRefusedChangeIsNotReported() {
        ObjectNode representation = notifications.representation(person).put("enabled", false);

        assertThat(admin.put("/users/" + person.id(), representation.put("email", Person.UMA.username()))
                        .status())
                .isEqualTo(409);

        notifications.assertNone(person);
    }

    @Test
    void aUserDeletedByAnAdminIsReported() {
        assertThat(admin.delete("/users/" + person.id()).status()).isEqualTo(204);

        assertThat(notifications.awaitSingle(person)).satisfies(received -> {
            assertThat(received.type()).isEqualTo("user.deleted");
            assertThat(received.reason()).isEqualTo("admin");
            assertThat(received.body().at("/account/id").asText()).isEqualTo(account);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUserOverwrittenByAPartialImportIsReported(boolean underTheSameId) {
        events.ready(Events.WISE_SYNC, person.id());
        Map<String, Object> user =
                new HashMap<>(Map.of("username", person.username(), "email", person.username(), "enabled", true));
        if (underTheSameId) {
            user.put("id", person.id());
        }

        assertThat(admin.post("/partialImport", Map.of("ifResourceExists", "OVERWRITE", "users", List.of(user)))
                        .status())
                .isEqualTo(200);

        assertThat(notifications.awaitSingle(person)).satisfies(received -> {
            assertThat(received.type()).isEqualTo("user.deleted");
            assertThat(received.reason()).isEqualTo("import");
        });
        events.await(Events.WISE_SYNC, person.id(), "user.deleted");
    }

    @Test
    void usersOfADisabledAccountAreReported() {
        events.ready(Events.WISE_SYNC, person.id());
        Person other = notifications.personWithLinks(account);
        ObjectNode organization =
                (ObjectNode) admin.get("/organizations/" + account).json();

        assertThat(admin.put("/organizations/" + account, organization.put("enabled", false))
                        .status())
                .isEqualTo(204);

        assertThat(List.of(notifications.awaitSingle(person), notifications.awaitSingle(other)))
                .allSatisfy(received -> {
                    assertThat(received.type()).isEqualTo("user.disabled");
                    assertThat(received.reason()).isEqualTo("account");
                });
        events.await(Events.WISE_SYNC, person.id(), "user.disabled");
    }

    @Test
    void usersOfADeletedAccountAreReported() {
        events.ready(Events.WISE_SYNC, person.id());
        assertThat(admin.delete("/organizations/" + account).status()).isEqualTo(204);

        assertThat(notifications.awaitSingle(person).reason()).isEqualTo("account");
        assertThat(events.await(Events.WISE_SYNC, person.id(), "user.disabled")
                        .at("/account/id")
                        .asText())
                .isEqualTo(account);
    }

    @Test
    void aUserRemovedFromTheAccountIsReported() {
        events.ready(Events.WISE_SYNC, person.id());
        assertThat(admin.delete("/organizations/%s/members/%s".formatted(account, person.id()))
                        .status())
                .isEqualTo(204);

        assertThat(notifications.awaitSingle(person).reason()).isEqualTo("account");
        events.await(Events.WISE_SYNC, person.id(), "user.disabled");
    }

    /** Added to another account by mistake: the links belong to the account in which the user stays. */
    @Test
    void aUserWhoStaysInAnotherAccountIsLeftToStaff() {
        String mistaken = notifications.account();
        testbed.people().join(person.id(), mistaken);
        assertThat(admin.delete("/organizations/%s/members/%s".formatted(mistaken, person.id()))
                        .status())
                .isEqualTo(204);

        await().until(() -> held().size() == 1);
        notifications.assertNone(person);
        assertThat(held().get(0).path("lastError").asText()).contains("another account");
        assertThat(held().get(0).path("links")).hasSize(3);

        notifications.disable(person);

        assertThat(notifications.awaitSingle(person).reason()).isEqualTo("admin");
    }

    @Test
    void aUserOfADisabledAndAnotherAccountIsLeftToStaff() {
        String mistaken = notifications.account();
        testbed.people().join(person.id(), mistaken);
        ObjectNode organization =
                (ObjectNode) admin.get("/organizations/" + mistaken).json();

        assertThat(admin.put("/organizations/" + mistaken, organization.put("enabled", false))
                        .status())
                .isEqualTo(204);

        await().until(() -> held().size() == 1);
        notifications.assertNone(person);
    }

    private List<JsonNode> held() {
        JsonNode all = testbed.serviceApi()
                .get("/deactivations?status=held&max=100")
                .json()
                .path("deactivations");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.at("/user/id").asText().equals(person.id()))
                .toList();
    }
}
