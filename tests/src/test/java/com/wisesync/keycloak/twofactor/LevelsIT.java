package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** The levels of authentication that applications can request. */
class LevelsIT {

    private final Testbed testbed = Testbed.get();

    @Test
    void discoveryListsTheLevelsThatTokensCarry() {
        JsonNode discovery = new Api(testbed.server().realmUrl(), () -> null)
                .get("/.well-known/openid-configuration")
                .json();

        assertThat(discovery.path("acr_values_supported").valueStream().map(JsonNode::asText))
                .containsExactlyInAnyOrder("0", "1", "2");
    }

    @Test
    void anApplicationGetsTheSecondFactorAlsoWhereTheAccountMakesItOptional() {
        Person person = optionalUser();
        Login login = testbed.login(Application.WISE_SYNC);
        Tokens passwordOnly = login.tokens(login.password(login.start(), person));
        assertThat(passwordOnly.accessClaims().path("acr").asText()).isEqualTo("1");

        Login stepUp = new Login(testbed.server(), Application.WISE_SYNC, login.visitor());
        WebPage asked = stepUp.password(stepUp.start("acr_values", "2"), person);
        assertThat(asked.has(Login.CODE)).isTrue();
        WebPage offer = stepUp.code(asked, testbed.mailbox().takeCode(person.username()));
        Tokens both = stepUp.tokens(stepUp.visitor().press(offer, Login.NOT_NOW));
        assertThat(both.accessClaims().path("acr").asText()).isEqualTo("2");

        Login again = new Login(testbed.server(), Application.WISE_SYNC, login.visitor());
        assertThat(again.done(again.start("acr_values", "2")))
                .as("without a loop")
                .isTrue();
    }

    @Test
    void aRequiredLevelThatDoesNotExistIsRefusedAtOnce() {
        Login login = testbed.login(Application.WISE_SYNC);

        WebPage refused = login.start("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"5\"]}}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.has(Login.PASSWORD)).isFalse();
        assertThat(refused.text()).contains("level of authentication that is not available here");
    }

    private Person optionalUser() {
        String account = testbed.people().account("other", "company");
        OrganizationRepresentation organization =
                testbed.realm().organizations().get(account).toRepresentation();
        organization.singleAttribute("two-factor-mode", "optional");
        testbed.realm().organizations().get(account).update(organization).close();
        return testbed.people().create(account, "user", "company");
    }
}
