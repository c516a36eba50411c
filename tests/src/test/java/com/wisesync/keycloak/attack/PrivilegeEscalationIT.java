package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * No user raises their own rights, or those of another user, beyond the four roles. Covers CVE-2026-94000, -18571,
 * CVE-2025-7784 (roles by {@code POST /users}), admin-portal#132, and kc#20662, kc#20015 (the last admin).
 */
class PrivilegeEscalationIT {

    private final Testbed testbed = Testbed.get();
    private final String account = testbed.people().account("autotask", "one");
    private final Person admin = testbed.people().create(account, "account-admin");
    private final Api api = testbed.api(admin);
    private final String users = "/accounts/" + account + "/users";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "support",
                "manage-accounts",
                "read-autotask-credentials",
                "realm-admin",
                "realm-management",
                "default-roles-wise-sync",
                "offline_access",
                "wise-sync-service/manage-accounts",
                "ACCOUNT-ADMIN",
                " user"
            })
    void otherRolesAreRefused(String role) {
        Map<String, Object> body = newUser();
        body.put("role", role);

        Answer answer = api.post(users, body);

        if (answer.status() == 201) {
            // Surrounding space is removed.
            assertThat(roles(answer.createdId())).containsExactly(role.strip());
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo("role");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "groups               | [\"/admins\"]",
                "realmRoles           | [\"support\"]",
                "clientRoles          | {\"realm-management\":[\"realm-admin\"]}",
                "organizations        | [\"x\"]",
                "account              | {\"id\":\"x\"}",
                "attributes           | {\"companies\":[\"two\"]}",
                "credentials          | [{\"type\":\"password\",\"value\":\"x\"}]",
                "serviceAccountClientId | \"wise-sync-service\"",
                "federatedIdentities  | []",
                "requiredActions      | []",
                "emailVerified        | true",
                "enabled              | false"
            })
    void otherFieldsOfAUserAreRefused(String field, String value) {
        Person person = testbed.people().create(account, "user", "one");
        String body =
                "{\"role\":\"user\",\"companies\":[\"one\"],\"firstName\":\"A\",\"lastName\":\"B\",\"email\":\"%s\",\"username\":\"%s\",\"%s\":%s}";

        Answer created = api.post(
                users,
                body.formatted(UUID.randomUUID() + "@test.example", UUID.randomUUID() + "@test.example", field, value));
        Answer edited =
                api.put(users + "/" + person.id(), body.formatted(person.username(), person.username(), field, value));

        for (Answer answer : List.of(created, edited)) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
        }
        assertThat(testbed.realm().users().get(person.id()).toRepresentation().isEnabled())
                .isTrue();
    }

    @Test
    void anAccountAdminCannotChangeRoles() {
        Person person = testbed.people().create(account, "user", "one");
        testbed.people().create(account, "account-admin");
        for (Person user : List.of(person, admin)) {
            Map<String, Object> body = newUser();
            body.put("email", user.username());
            body.put("username", user.username());
            body.put("role", user.equals(admin) ? "user" : "account-admin");
            body.put("companies", user.equals(admin) ? List.of("one") : List.of());
            Answer answer = api.put(users + "/" + user.id(), body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        }
        assertThat(roles(person.id())).containsExactly("user");
        assertThat(roles(admin.id())).containsExactly("account-admin");
    }

    @Test
    void anAccountThatLosesItsLastAdminOnAStockPathShowsAWarning() {
        Api service = testbed.serviceApi();
        assertThat(service.get("/accounts/" + account).json().findValuesAsText("key"))
                .doesNotContain("wiseSyncWarningNoAdmin");
        UserRepresentation user = testbed.realm().users().get(admin.id()).toRepresentation();
        user.setEnabled(false);

        testbed.realm().users().get(admin.id()).update(user);

        assertThat(service.get("/accounts/" + account).json().findValuesAsText("key"))
                .contains("wiseSyncWarningNoAdmin");
    }

    private List<String> roles(String user) {
        return testbed.realm().users().get(user).roles().realmLevel().listAll().stream()
                .map(RoleRepresentation::getName)
                .filter(name -> !name.startsWith("default-roles"))
                .toList();
    }

    private static Map<String, Object> newUser() {
        return UserBody.newUser("user", UUID.randomUUID() + "@test.example", "one");
    }
}
