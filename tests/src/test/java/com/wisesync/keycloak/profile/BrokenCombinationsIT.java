package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of the stock admin API that run no validator: role mappings, groups, memberships, partial import. */
class BrokenCombinationsIT {

    private final Testbed testbed = Testbed.get();
    private final Api stock = testbed.stockApi();
    private final NoAccess noAccess = new NoAccess(testbed.server(), stock, testbed.mailbox());
    private final String account = testbed.people().account("other", "one");

    @Test
    void anAccountInOrderHasNoWarning() {
        testbed.people().create(account, "account-admin");
        testbed.people().create(account, "user", "one");

        assertThat(noAccess.warnings(account)).isEmpty();
    }

    @Test
    void aMemberWithoutRoleHasNoAccess() {
        Person member = testbed.people().create(account, null);

        noAccess.has(member, "no-role", account, "wiseSyncWarningWithoutRole");
    }

    @Test
    void theRoleUserWithoutCompanyGivesNoAccess() {
        Person user = testbed.people().create(account, "user");

        noAccess.has(user, "no-company", account, "wiseSyncWarningWithoutCompany");
    }

    @Test
    void aSecondRoleFromACompositeRoleEndsAccess() {
        Person user = testbed.people().create(account, "user", "one");
        String outer = "outer-" + UUID.randomUUID();
        String inner = "inner-" + UUID.randomUUID();
        role(inner, "merchant-user");
        role(outer, inner);

        map("/users/" + user.id(), outer);

        noAccess.has(user, "no-role", account);
        stock.delete("/roles/" + outer);
        stock.delete("/roles/" + inner);
    }

    @Test
    void aSecondRoleFromAParentGroupEndsAccess() {
        Person user = testbed.people().create(account, "user", "one");
        String group = stock.post("/groups", Map.of("name", "group-" + UUID.randomUUID()))
                .createdId();
        map("/groups/" + group, "account-admin");
        String below = stock.post("/groups/" + group + "/children", Map.of("name", "below"))
                .json()
                .path("id")
                .asText();

        stock.put("/users/" + user.id() + "/groups/" + below, Map.of());

        noAccess.has(user, "no-role", account);
        stock.delete("/groups/" + group);
    }

    @Test
    void aRoleFromAGroupOnlyGivesNoAccess() {
        Person member = testbed.people().create(account, null);
        String group = stock.post("/groups", Map.of("name", "group-" + UUID.randomUUID()))
                .createdId();
        map("/groups/" + group, "account-admin");
        stock.put("/users/" + member.id() + "/groups/" + group, Map.of());

        noAccess.has(member, "no-role", account, "wiseSyncWarningWithoutRole");
        stock.delete("/groups/" + group);
    }

    @Test
    void aMemberOfTwoAccountsHasNoAccess() {
        Person admin = testbed.people().create(account, "account-admin");
        String second = testbed.people().account("other", "one");

        testbed.people().join(admin.id(), second);

        noAccess.has(admin, "no-account", account, "wiseSyncWarningForeignMembers");
        assertThat(noAccess.warnings(second)).contains("wiseSyncWarningForeignMembers");
    }

    @Test
    void aUserWhoLeftTheAccountHasNoAccess() {
        Person admin = testbed.people().create(account, "account-admin");

        stock.delete("/organizations/" + account + "/members/" + admin.id());

        noAccess.has(admin, "no-account", account, "wiseSyncWarningNoAdmin");
    }

    @Test
    void anImportedUsernameThatIsNotAnAddressHasNoAccess() {
        String name = "imported-" + UUID.randomUUID();

        Person imported = imported(name, name + "@test.example", "account-admin", "");

        noAccess.has(imported, "ambiguous-username", account, "wiseSyncWarningAmbiguousName");
    }

    /** Strings that look like an email address at first sight. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a..b-%s@test.example", ".%s@test.example", "%s@test_.example", "%s@-test.example", "\"%s@a"})
    void anImportedUsernameThatLooksLikeAnAddressHasNoAccess(String form) {
        String id = UUID.randomUUID().toString();

        Person imported = imported(form.formatted(id).replace("\"", "\\\""), id + "@test.example", "account-admin", "");

        noAccess.has(imported, "ambiguous-username", account, "wiseSyncWarningAmbiguousName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'brien-%s@test.example", "%s-with-a-long-name-in-front@a-long-department.test.example"})
    void anImportedUsernameThatIsAnUnusualAddressHasAccess(String form) {
        Person imported =
                imported(form.formatted(UUID.randomUUID()), UUID.randomUUID() + "@test.example", "account-admin", "");

        testbed.logIn(imported, Application.WISE_SYNC);
        assertThat(noAccess.warnings(account)).isEmpty();
    }

    @Test
    void anImportedUsernameThatIsAnotherUsersAddressHasNoAccess() {
        String email = Person.newAddress();
        Person other = testbed.people().create(account, "merchant-user");
        stock.put("/users/" + other.id(), Map.of("email", email));

        Person imported = imported(email, Person.newAddress(), "account-admin", "");

        noAccess.has(imported, "ambiguous-username", account, "wiseSyncWarningAmbiguousName");
    }

    @Test
    void importedCompaniesOfAnotherAccountGiveNoAccess() {
        Person imported = imported(Person.newAddress(), Person.newAddress(), "user", "globex");

        noAccess.has(imported, "no-company", account, "wiseSyncWarningWithoutCompany");
    }

    @Test
    void onlyOneOfTwoImportedRolesIsKept() {
        String name = Person.newAddress();
        String id = importing(name, name, "\"account-admin\", \"merchant-admin\"", "");

        assertThat(stock.get("/users/" + id + "/role-mappings/realm").json().findValuesAsText("name"))
                .filteredOn(role -> List.of("account-admin", "merchant-admin").contains(role))
                .hasSize(1);
    }

    private Person imported(String username, String email, String role, String company) {
        String id = importing(username, email, "\"" + role + "\"", company);
        testbed.people().join(id, account);
        // Two users with one name log in with their usernames.
        return new Person(id, email, Person.DEMO_PASSWORD);
    }

    private String importing(String username, String email, String roles, String company) {
        Answer answer =
                stock.post("/partialImport", """
                {"ifResourceExists": "FAIL", "users": [{"username": "%s", "email": "%s", "enabled": true,
                  "firstName": "Test", "lastName": "Person", "emailVerified": true, "realmRoles": [%s],
                  "attributes": {"companies": ["%s"]},
                  "credentials": [{"type": "password", "value": "%s"}]}]}
                """.formatted(username, email, roles, company, Person.DEMO_PASSWORD));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at("/results/0/id").asText();
    }

    private void role(String name, String contained) {
        stock.post("/roles", Map.of("name", name));
        stock.post(
                "/roles/" + name + "/composites",
                "[" + stock.get("/roles/" + contained).text() + "]");
    }

    private void map(String path, String role) {
        Answer answer = stock.post(
                path + "/role-mappings/realm", "[" + stock.get("/roles/" + role).text() + "]");
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }
}
