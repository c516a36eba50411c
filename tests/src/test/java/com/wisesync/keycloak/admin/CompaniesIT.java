package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.admin.client.resource.OrganizationResource;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Connecting, renaming and disconnecting companies. */
class CompaniesIT {

    private static final Testbed BED = Testbed.get();
    private final Api service = BED.serviceApi();
    private final String account = BED.people().account("autotask", "one", "two");
    private final String companies = "/accounts/" + account + "/companies";
    private final String users = "/accounts/" + account + "/users";

    @Test
    void companiesAreConnectedRenamedAndSortedByName() {
        Answer connected = service.put(companies + "/three", Map.of("name", "Zed", "package", "myob"));
        assertThat(connected.status()).as(connected.text()).isEqualTo(200);
        assertThat(connected.json())
                .hasToString("{\"id\":\"three\",\"name\":\"Zed\",\"package\":\"myob\",\"users\":0}");
        BED.people().create(account, "user", "three");

        Answer renamed = service.put(companies + "/three", Map.of("name", "Aye", "package", "quickbooks"));

        assertThat(renamed.json())
                .hasToString("{\"id\":\"three\",\"name\":\"Aye\",\"package\":\"quickbooks\",\"users\":1}");
        assertThat(service.put(companies + "/three", Map.of("name", "Aye", "package", "quickbooks"))
                        .text())
                .as("once more is the same")
                .isEqualTo(renamed.text());
        JsonNode listed = service.get(companies).json();
        assertThat(listed.findValuesAsText("name")).containsExactly("Aye", "one", "two");
        assertThat(listed.path(0)).isEqualTo(renamed.json());
    }

    /** Keycloak's own API can store several values of an attribute. */
    @Test
    void aCompanyWithSeveralNamesHasOneAfterwards() {
        OrganizationResource organization = BED.realm().organizations().get(account);
        OrganizationRepresentation twice = organization.toRepresentation();
        twice.getAttributes().put("company.one", List.of("A", "B"));
        organization.update(twice).close();

        for (String name : List.of("A", "B")) {
            Answer renamed = service.put(companies + "/one", Map.of("name", name, "package", "xero"));

            assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
            assertThat(organization.toRepresentation().getAttributes().get("company.one"))
                    .containsExactly(name);
            assertThat(service.get(companies).json().findValuesAsText("name")).containsExactly(name, "two");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPPER | {\"name\":\"A\",\"package\":\"xero\"} | id",
                "a_b | {\"name\":\"A\",\"package\":\"xero\"} | id",
                "one | {\"name\":\"A\",\"package\":\"sage\"} | package",
                "one | {\"name\":\"A\"} | package",
                "one | {\"name\":\" \",\"package\":\"xero\"} | name",
                "one | {\"id\":\"two\",\"name\":\"A\",\"package\":\"xero\"} | id",
                "one | {\"name\":\"A\",\"package\":\"xero\",\"users\":3} | users"
            })
    void invalidCompaniesAreRefused(String id, String body, String field) {
        Answer refused = service.put(companies + "/" + id, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("field").asText()).isEqualTo(field);
        assertThat(service.get(companies).json().findValuesAsText("name")).containsExactly("one", "two");
    }

    @Test
    void aNameHasUpToTwoHundredAndFiftyFiveCharacters() {
        assertThat(service.put(companies + "/long", Map.of("name", "x".repeat(255), "package", "xero"))
                        .status())
                .isEqualTo(200);
        assertThat(service.put(companies + "/long", Map.of("name", "x".repeat(256), "package", "xero"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void disconnectingUnassignsAllUsersAndNamesUsersWithoutACompany() {
        Person one = BED.people().create(account, "user", "one");
        Person both = BED.people().create(account, "user", "one", "two");

        Answer removed = service.delete(companies + "/one");

        assertThat(removed.status()).as(removed.text()).isEqualTo(200);
        assertThat(removed.json().path("unassigned").asInt()).isEqualTo(2);
        assertThat(removed.json().path("withoutCompany").findValuesAsText("id")).containsExactly(one.id());
        assertThat(removed.json().path("withoutCompany").findValuesAsText("username"))
                .containsExactly(one.username());
        assertThat(assigned(both)).hasToString("[\"two\"]");
        JsonNode left = service.get(users + "/" + one.id()).json();
        assertThat(left.path("companies")).isEmpty();
        assertThat(left.path("enabled").asBoolean()).as("keeps the account").isTrue();
        assertThat(service.get("/accounts/" + account).json().path("warnings").findValuesAsText("message"))
                .contains("One user has no company, and cannot use anything.");
        assertThat(service.get(companies).json().findValuesAsText("id")).containsExactly("two");

        Answer again = service.delete(companies + "/one");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).hasToString("{\"unassigned\":0,\"withoutCompany\":[]}");
    }

    @Test
    void reconnectingAssignsNoUsers() {
        Person person = BED.people().create(account, "user", "one", "two");
        service.delete(companies + "/one");

        service.put(companies + "/one", Map.of("name", "One", "package", "xero"));

        assertThat(assigned(person)).hasToString("[\"two\"]");
    }

    private JsonNode assigned(Person person) {
        return service.get(users + "/" + person.id()).json().path("companies");
    }
}
