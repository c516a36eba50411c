package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Query;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Grants of a user who is disabled or locked out during or after a login with both factors. */
class GrantsIT {

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();
    private final Application application = application();
    private final Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");

    enum Fate {
        DISABLED,
        LOCKED_OUT
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceGetsNoToken(Fate fate) {
        JsonNode device = device();
        Login login = testbed.login(application);
        WebPage consent = login.through(
                login.visitor().open(device.path("verification_uri_complete").asText()), person, testbed.mailbox());
        assertThat(login.visitor().press(consent, "[name=accept]").status()).isEqualTo(200);

        meets(fate);

        Answer answer = Awaitility.await()
                .until(
                        () -> token(Map.of(
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "device_code",
                                device.path("device_code").asText())),
                        response -> !response.json().path("error").asText().equals("slow_down"));
        assertThat(answer.status()).as(answer.text()).isBetween(400, 403);
        // Once the session that approved the device has ended, Keycloak treats the device as not approved.
        assertThat(answer.json().path("error").asText())
                .isIn("invalid_grant", fate == Fate.DISABLED ? "authorization_pending" : "invalid_grant");
        assertThat(answer.text()).doesNotContain("access_token");
    }

    @Test
    void aLockedOutUserCannotAuthorizeADevice() {
        JsonNode device = device();
        meets(Fate.LOCKED_OUT);
        Login login = testbed.login(application);

        WebPage page = login.password(
                login.visitor().open(device.path("verification_uri_complete").asText()), person);

        assertThat(page.has(Login.PASSWORD)).isTrue();
        assertThat(page.has(Login.CODE)).isFalse();
    }

    @Test
    void aTokenOfADisabledUserIsNotExchanged() {
        Tokens tokens = testbed.logIn(person, application);
        Map<String, String> exchange = Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", tokens.access(),
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        assertThat(token(exchange).status()).as("before").isEqualTo(200);

        meets(Fate.DISABLED);

        assertRefused(token(exchange));
    }

    @Test
    void aRefreshTokenOfADisabledUserIsRefused() {
        Tokens tokens = testbed.logIn(person, application);

        meets(Fate.DISABLED);

        assertRefused(token(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refresh())));
    }

    @Test
    void theCodeOfADisabledUserIsRefused() {
        Login login = testbed.login(application);
        WebPage page = login.through(login.start(), person, testbed.mailbox());
        assertThat(login.done(page)).isTrue();

        meets(Fate.DISABLED);

        Answer answer = token(login.exchange(page));
        assertRefused(answer);
    }

    /** The earlier login had both factors: its session exists when the code is issued. */
    @Test
    void theCodeOfAUserLockedOutAfterTheLoginIsAccepted() {
        Login login = testbed.login(application);
        WebPage page = login.through(login.start(), person, testbed.mailbox());

        meets(Fate.LOCKED_OUT);

        assertThat(token(login.exchange(page)).status()).isEqualTo(200);
    }

    /**
     * A lockout ends logins that have no session yet, but no session: anyone who knows a username could otherwise log
     * its user out.
     */
    @Test
    void aLockedOutUserKeepsTheirSessions() {
        Tokens tokens = testbed.logIn(person, application);

        meets(Fate.LOCKED_OUT);

        assertThat(token(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refresh()))
                        .status())
                .isEqualTo(200);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(400, 403);
        assertThat(answer.json().path("error").asText()).isIn("invalid_grant", "invalid_token", "invalid_request");
        assertThat(answer.text()).doesNotContain("access_token");
    }

    private void meets(Fate fate) {
        if (fate == Fate.DISABLED) {
            UserRepresentation user = testbed.realm().users().get(person.id()).toRepresentation();
            user.setEnabled(false);
            testbed.realm().users().get(person.id()).update(user);
        } else {
            Person mistaken = new Person(person.id(), person.username(), "mistaken");
            Awaitility.await().until(() -> {
                Login guess = testbed.login(Application.WISE_SYNC);
                guess.password(guess.start(), mistaken);
                return testbed.realm()
                        .attackDetection()
                        .bruteForceUserStatus(person.id())
                        .get("disabled")
                        .equals(true);
            });
        }
    }

    private JsonNode device() {
        return new Api(server.realmUrl(), () -> null)
                .send(
                        "POST",
                        "/protocol/openid-connect/auth/device",
                        Query.encode(client(Map.of("scope", "openid"))),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .json();
    }

    private Answer token(Map<String, String> form) {
        return Tokens.request(server, client(form));
    }

    private Map<String, String> client(Map<String, String> form) {
        Map<String, String> all = new HashMap<>(form);
        all.put("client_id", application.clientId());
        all.put("client_secret", application.secret().orElseThrow());
        return all;
    }

    /** An application with grants that those of the realm do not have. */
    private Application application() {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("test-" + UUID.randomUUID());
        client.setSecret("secret");
        client.setRedirectUris(List.of("http://localhost:*"));
        client.setAttributes(
                Map.of("oauth2.device.authorization.grant.enabled", "true", "standard.token.exchange.enabled", "true"));
        testbed.realm().clients().create(client).close();
        return new Application(client.getClientId(), Optional.of("secret"), "http://localhost:9/callback");
    }
}
