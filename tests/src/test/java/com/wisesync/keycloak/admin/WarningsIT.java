package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Warnings about states of accounts that bypassed our API. */
class WarningsIT {

    private static final Testbed BED = Testbed.get();
    private final Api service = BED.serviceApi();
    private final People people = BED.people();
    private final String well = people.account("other", "one");
    private final String ill = people.account("other", "one");

    @Test
    void eachAccountHasItsOwnWarnings() {
        people.create(well, "account-admin");
        people.create(well, "user", "one");
        people.create(well, "merchant-user");
        Person off = people.create(ill, "account-admin");
        people.create(ill, "user", "one");
        people.create(ill, null);
        people.create(ill, null);
        Person withoutCompany = people.create(ill, "user", "one");
        Person inBoth = people.create(ill, "account-admin");
        people.join(inBoth.id(), well);
        turnOff(off);
        loseCompanies(withoutCompany);

        assertThat(warnings(service.get("/accounts/" + well).json()))
                .containsExactly(
                        "One member of the organization also belongs to another organization or to an identity provider,"
                                + " and cannot use anything.");
        List<String> expected = List.of(
                "The account has no enabled account administrator.",
                "2 users have no role, or several, and cannot use anything.",
                "One user has no company, and cannot use anything.",
                "One member of the organization also belongs to another organization or to an identity provider,"
                        + " and cannot use anything.");
        JsonNode one = service.get("/accounts/" + ill).json();
        assertThat(warnings(one)).containsExactlyElementsOf(expected);
        JsonNode page = service.get(
                        "/accounts?max=100&search=" + one.path("name").asText().substring("Test ".length()))
                .json();
        assertThat(page.path("total").asInt()).isOne();
        assertThat(page.at("/accounts/0")).isEqualTo(one);
    }

    @Test
    void anInvitedAdminDoesNotReplaceOneWhoHasLoggedIn() {
        String account = people.account("other", "one");
        people.create(account, "account-admin");
        assertThat(warnings(service.get("/accounts/" + account).json()))
                .as("no admin has logged in yet")
                .isEmpty();
        Person working = people.create(account, "account-admin");
        BED.logIn(working, Application.CONSOLE);
        assertThat(warnings(service.get("/accounts/" + account).json())).isEmpty();

        turnOff(working);

        assertThat(warnings(service.get("/accounts/" + account).json()))
                .containsExactly("The account has no enabled account administrator who has logged in.");
    }

    private static void turnOff(Person person) {
        var user = BED.realm().users().get(person.id()).toRepresentation();
        user.setEnabled(false);
        BED.realm().users().get(person.id()).update(user);
    }

    /** Like a company that is removed from the organization by hand, while users keep its id. */
    private void loseCompanies(Person person) {
        var account = BED.realm().organizations().get(ill).toRepresentation();
        account.singleAttribute("company.two", "two").singleAttribute("company.two.package", "xero");
        BED.realm().organizations().get(ill).update(account).close();
        var user = BED.realm().users().get(person.id()).toRepresentation();
        user.singleAttribute("companies", "two");
        BED.realm().users().get(person.id()).update(user);
        account.getAttributes().remove("company.two");
        account.getAttributes().remove("company.two.package");
        BED.realm().organizations().get(ill).update(account).close();
    }

    private static List<String> warnings(JsonNode account) {
        return account.path("warnings").findValuesAsText("message");
    }
}
