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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The levels of authentication that applications can request. */
class LevelsIT {

    private static final String EMAIL_FORM = "#kc-update-email-form";

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
    void theFirstKnownOfSeveralLevelsIsRequested() {
        Person person = optionalUser();
        Login login = testbed.login(Application.WISE_SYNC);

        WebPage asked = login.password(login.start("acr_values", "gold 2 1"), person);

        assertThat(asked.has(Login.CODE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "gold", "99999999999"})
    void aRequiredLevelThatDoesNotExistIsRefusedAtOnce(String level) {
        Login login = testbed.login(Application.WISE_SYNC);

        WebPage refused = login.start(
                "claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"%s\"]}}}".formatted(level));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.has(Login.PASSWORD)).isFalse();
        assertThat(refused.text()).contains("level of authentication that is not available here");
    }

    @Test
    void theOwnEmailNeedsASecondFactorAlsoWhereTheAccountMakesItOptional() {
        Person person = optionalUser();
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);

        WebPage asked = login.password(login.start("kc_action", "UPDATE_EMAIL"), person);

        assertThat(asked.has(EMAIL_FORM)).isFalse();
        WebPage form = login.code(asked, testbed.mailbox().takeCode(person.username()));
        assertThat(form.has(EMAIL_FORM)).isTrue();
    }

    @Test
    void aSessionWithThePasswordOnlyLogsInAgainForTheOwnEmail() {
        Person person = optionalUser();
        Login session = testbed.login(Application.ACCOUNT_CONSOLE);
        session.tokens(session.password(session.start(), person));

        Login login = new Login(testbed.server(), Application.ACCOUNT_CONSOLE, session.visitor());
        WebPage password = login.start("kc_action", "UPDATE_EMAIL");
        assertThat(password.has(EMAIL_FORM)).isFalse();
        WebPage code = login.password(password, person);
        WebPage form = login.code(code, testbed.mailbox().takeCode(person.username()));
        assertThat(form.has(EMAIL_FORM)).isTrue();

        Login recent = new Login(testbed.server(), Application.ACCOUNT_CONSOLE, session.visitor());
        String email = UUID.randomUUID() + "@test.example";
        login.visitor().submit(form, EMAIL_FORM + " input[name=email]", Map.of("email", email));
        assertThat(testbed.mailbox().take(email).link()).isPresent();
        assertThat(recent.done(recent.start())).isTrue();
    }

    /** Keycloak shows the page at each login while an email waits for its confirmation. */
    @Test
    void anEmailThatWaitsForConfirmationIsNotReplacedWithThePasswordOnly() {
        Person person = optionalUser();
        UserRepresentation waiting = testbed.realm().users().get(person.id()).toRepresentation();
        waiting.setRequiredActions(List.of("UPDATE_EMAIL"));

        Login session = testbed.login(Application.ACCOUNT_CONSOLE);
        session.tokens(session.password(session.start(), person));
        testbed.realm().users().get(person.id()).update(waiting);
        Login other = new Login(testbed.server(), Application.WISE_SYNC, session.visitor());
        assertThat(other.done(other.start()))
                .as("the session continues without the page")
                .isTrue();

        Login login = testbed.login(Application.WISE_SYNC);
        WebPage code = login.password(login.start(), person);
        assertThat(code.has(EMAIL_FORM)).isFalse();
        WebPage next = login.code(code, testbed.mailbox().takeCode(person.username()));
        assertThat(login.visitor().press(next, Login.NOT_NOW).has(EMAIL_FORM)).isTrue();
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
