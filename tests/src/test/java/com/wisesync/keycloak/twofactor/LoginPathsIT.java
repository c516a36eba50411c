package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Every path to a session or a token with only the password: each requires a second factor or is refused. */
class LoginPathsIT {

    private static final String NO_ACCESS = "no session without a second factor";

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();

    @Test
    void aSecondTabAsksForTheSecondFactorToo() {
        Person person = newUser();
        Login first = login();
        first.password(first.start(), person);

        Login second = new Login(server, Application.WISE_PAY, first.visitor());

        assertThat(second.done(second.start())).isFalse();
        assertNoSession(first);
    }

    /** The link begins a login of its own in this browser. */
    @Test
    void aSessionContinuesAfterAConfirmedEmailInTheSameBrowser() {
        Person person = newUser();
        Login account = testbed.login(Application.ACCOUNT_CONSOLE);
        account.as(person, testbed.mailbox());
        // A link of the same second as the password would count as older.
        long created = Instant.now().getEpochSecond();
        Awaitility.await().until(() -> Instant.now().getEpochSecond() > created);
        String email = UUID.randomUUID() + "@test.example";
        account.visitor()
                .submit(account.start("kc_action", "UPDATE_EMAIL"), "input[name=email]", Map.of("email", email));
        String link = testbed.mailbox().take(email).link().orElseThrow();

        account.visitor().press(account.visitor().open(link), "#wise-sync-link-confirm");

        Login application = new Login(server, Application.WISE_SYNC, account.visitor());
        assertThat(application.done(application.start())).isTrue();
    }

    @Test
    void restartingTheLoginAsksForThePassword() {
        Login login = login();
        login.password(login.start(), newUser());

        WebPage page = login.visitor().open(server.realmUrl() + "/login-actions/restart?" + login.tab());

        assertThat(page.has(Login.PASSWORD)).isTrue();
        assertNoSession(login);
    }

    @Test
    void goingBackDoesNotSkipTheSecondFactor() {
        Person person = newUser();
        Login login = login();
        WebPage first = login.start();
        login.password(first, person);

        WebPage again = login.password(first, person);

        assertThat(login.done(again)).isFalse();
        assertNoSession(login);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE_PASSWORD", "CONFIGURE_TOTP", "UPDATE_EMAIL", "wise-sync-second-factor", "OAUTH_GRANT"})
    void theAddressOfARequiredActionDoesNotSkipTheSecondFactor(String action) {
        Login login = login();
        login.password(login.start(), newUser());

        WebPage page = login.visitor()
                .open(server.realmUrl() + "/login-actions/required-action?execution=" + action + "&" + login.tab());

        assertThat(login.done(page)).isFalse();
        assertThat(page.has("#kc-totp-settings-form, #kc-passwd-update-form, #kc-update-email-form"))
                .isFalse();
        assertNoSession(login);
    }

    @Test
    void aRequestedActionFollowsTheSecondFactor() {
        Login login = login();

        WebPage page = login.password(login.start("kc_action", "UPDATE_PASSWORD"), newUser());

        assertThat(page.has(Login.CODE)).isTrue();
    }

    @Test
    void aPasswordResetByEmailEndsWithoutASession() {
        Person person = newUser();
        Login login = login();
        WebPage forgotten = login.visitor().press(login.start(), "a[href*=reset-credentials]");
        login.visitor().submit(forgotten, "input[name=username]", Map.of("username", person.username()));

        String link = testbed.mailbox().take(person.username()).link().orElseThrow();
        WebPage page = login.visitor().open(link);
        WebPage after = login.visitor()
                .submit(
                        page,
                        "input[name=password-new]",
                        Map.of("password-new", "another-one", "password-confirm", "another-one"));

        assertThat(login.done(after)).isFalse();
        assertNoSession(login);
        Login next = login();
        WebPage code = next.password(next.start(), new Person(person.id(), person.username(), "another-one"));
        assertThat(code.has(Login.CODE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin-cli", "wise-sync-app", "account-console", "security-admin-console"})
    void aPasswordAloneGetsNoTokenFromTheDirectGrant(String client) {
        Person person = newUser();
        withClient(client, found -> found.setDirectAccessGrantsEnabled(true), () -> {
            Answer answer = token(
                    "grant_type",
                    "password",
                    "client_id",
                    client,
                    "client_secret",
                    client + "-secret",
                    "username",
                    person.username(),
                    "password",
                    person.password());
            assertThat(answer.status()).isBetween(400, 403);
            assertThat(answer.text()).doesNotContain("access_token");
        });
    }

    @Test
    void theDirectGrantIsDisabledForEveryClient() {
        assertThat(testbed.realm().clients().findAll())
                .filteredOn(ClientRepresentation::isDirectAccessGrantsEnabled)
                .isEmpty();
    }

    @Test
    void aFlowWithoutSecondFactorFailsTheFinalCheck() {
        Person person = newUser();
        String stock = testbed.realm().flows().getFlows().stream()
                .filter(flow -> flow.getAlias().equals("browser"))
                .findFirst()
                .orElseThrow()
                .getId();
        Application bypass =
                application(client -> client.setAuthenticationFlowBindingOverrides(Map.of("browser", stock)));
        Login login = testbed.login(bypass);
        // Keycloak's own flow asks for the username first in realms with organizations.
        WebPage named =
                login.visitor().submit(login.start(), "input[name=username]", Map.of("username", person.username()));

        WebPage page = login.visitor().submit(named, Login.PASSWORD, Map.of("password", person.password()));

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("requires a second factor, and this login had none");
        assertNoSession(login);
        assertThat(events(person, "LOGIN_ERROR"))
                .anySatisfy(event -> assertThat(event.getDetails()).containsEntry("reason", "second_factor_missing"));
    }

    @Test
    void aDeviceGetsItsTokenOnlyAfterTheSecondFactor() {
        Person person = newUser();
        Application device = application(
                client -> client.setAttributes(Map.of("oauth2.device.authorization.grant.enabled", "true")));
        Answer started = form(
                "/protocol/openid-connect/auth/device",
                Map.of(
                        "client_id",
                        device.clientId(),
                        "client_secret",
                        device.secret().orElseThrow(),
                        "scope",
                        "openid"));
        String deviceCode = started.json().path("device_code").asText();
        Login login = testbed.login(device);
        WebPage page = login.visitor()
                .open(started.json().path("verification_uri_complete").asText());
        testbed.mailbox().forget(person.username());

        WebPage code = login.password(page, person);

        assertThat(code.has(Login.CODE)).isTrue();
        Answer pending = deviceToken(device, deviceCode);
        assertThat(pending.json().path("error").asText()).isEqualTo("authorization_pending");

        WebPage offer = login.code(code, testbed.mailbox().takeCode(person.username()));
        WebPage consent = login.visitor().press(offer, Login.NOT_NOW);
        login.visitor().press(consent, "[name=accept]");
        // A client that polls too early receives slow_down in any state.
        Answer answer = Awaitility.await()
                .until(
                        () -> deviceToken(device, deviceCode),
                        response -> !response.json().path("error").asText().equals("slow_down"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void theOtherGrantsAreDisabled() {
        Person person = newUser();
        Tokens tokens = testbed.logIn(person, Application.WISE_SYNC);
        assertThat(token(
                                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                                "client_id", "wise-pay",
                                "client_secret", "wise-pay-secret",
                                "subject_token", tokens.access(),
                                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
                        .status())
                .as("token exchange")
                .isBetween(400, 403);
        assertThat(token(
                                "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                                "client_id", "wise-sync-app",
                                "client_secret", "wise-sync-app-secret",
                                "assertion", tokens.id())
                        .status())
                .as("JWT authorization grant")
                .isBetween(400, 403);
        assertThat(form(
                                "/protocol/openid-connect/ext/ciba/auth",
                                Map.of(
                                        "client_id", "wise-sync-app",
                                        "client_secret", "wise-sync-app-secret",
                                        "scope", "openid",
                                        "login_hint", person.username()))
                        .status())
                .as("CIBA")
                .isBetween(400, 403);
    }

    @Test
    void aLoginAtAnIdentityProviderNeedsTheSecondFactorWhateverItsFlow() {
        Person person = newUser();
        String provider = identityProvider(person);
        try {
            Login open = login();
            WebPage refused = atProvider(open, provider);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("requires a second factor, and this login had none");
            assertNoSession(open);

            IdentityProviderRepresentation known =
                    testbed.realm().identityProviders().get(provider).toRepresentation();
            known.setPostBrokerLoginFlowAlias("wise-sync after identity provider");
            testbed.realm().identityProviders().get(provider).update(known);
            testbed.mailbox().forget(person.username());
            Login login = login();
            WebPage code = atProvider(login, provider);
            assertThat(code.has(Login.CODE)).isTrue();
            assertNoSession(login);

            WebPage offer = login.code(code, testbed.mailbox().takeCode(person.username()));
            assertThat(login.done(login.visitor().press(offer, Login.NOT_NOW))).isTrue();
        } finally {
            testbed.realm().identityProviders().get(provider).remove();
            testbed.adminClient().realm(provider).remove();
        }
    }

    @Test
    void aSessionWithASecondFactorIsEnoughForTheNextApplication() {
        Login first = login();
        first.as(admin(), testbed.mailbox());

        Login second = new Login(server, Application.WISE_PAY, first.visitor());

        assertThat(second.done(second.start())).isTrue();
    }

    @Test
    void aForcedLoginRequiresBothFactors() {
        Person person = admin();
        Login first = login();
        first.as(person, testbed.mailbox());

        Login second = new Login(server, Application.WISE_PAY, first.visitor());
        WebPage page = second.start("prompt", "login");

        assertThat(page.has(Login.PASSWORD)).isTrue();
        assertThat(second.password(page, person).has(Login.CODE)).isTrue();
    }

    private WebPage atProvider(Login login, String provider) {
        WebPage page = login.start("kc_idp_hint", provider);
        return login.visitor()
                .submit(page, Login.PASSWORD, Map.of("username", "elsewhere", "password", Person.DEMO_PASSWORD));
    }

    /** Another realm of the same server, whose only user is linked to the given user. */
    private String identityProvider(Person person) {
        String name = "idp-" + UUID.randomUUID();
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm(name);
        realm.setEnabled(true);
        realm.setSslRequired("none");
        UserRepresentation user = new UserRepresentation();
        user.setId(UUID.randomUUID().toString());
        user.setUsername("elsewhere");
        user.setEmail(person.username());
        user.setFirstName("Test");
        user.setLastName("Person");
        user.setEnabled(true);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(Person.DEMO_PASSWORD);
        user.setCredentials(List.of(password));
        realm.setUsers(List.of(user));
        ClientRepresentation broker = new ClientRepresentation();
        broker.setClientId("broker");
        broker.setSecret("broker-secret");
        broker.setRedirectUris(List.of("*"));
        realm.setClients(List.of(broker));
        testbed.adminClient().realms().create(realm);

        String url = server.url() + "/realms/" + name;
        String own = server.ownUrl() + "/realms/" + name;
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(name);
        provider.setProviderId("oidc");
        provider.setEnabled(true);
        provider.setConfig(Map.of(
                "clientId", "broker",
                "clientSecret", "broker-secret",
                "clientAuthMethod", "client_secret_post",
                "authorizationUrl", url + "/protocol/openid-connect/auth",
                "tokenUrl", own + "/protocol/openid-connect/token",
                "issuer", url + "," + own,
                "validateSignature", "true",
                "useJwksUrl", "true",
                "jwksUrl", own + "/protocol/openid-connect/certs",
                "defaultScope", "openid profile email"));
        try (Response created = testbed.realm().identityProviders().create(provider)) {
            assertThat(created.getStatus()).isEqualTo(201);
        }
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setUserId(user.getId());
        link.setUserName("elsewhere");
        try (Response linked = testbed.realm().users().get(person.id()).addFederatedIdentity(name, link)) {
            assertThat(linked.getStatus()).isEqualTo(204);
        }
        return name;
    }

    private void assertNoSession(Login login) {
        Login silent = new Login(server, Application.WISE_SYNC, login.visitor());
        WebPage page = silent.start("prompt", "none");
        assertThat(silent.done(page)).as(NO_ACCESS).isFalse();
        assertThat(page.uri().toString()).contains("error=login_required");
    }

    private Answer deviceToken(Application device, String deviceCode) {
        return token(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                device.clientId(),
                "client_secret",
                device.secret().orElseThrow(),
                "device_code",
                deviceCode);
    }

    private Answer token(String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return Tokens.request(server, form);
    }

    private Answer form(String path, Map<String, String> form) {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return new Api(server.realmUrl(), () -> null)
                .send("POST", path, body.toString(), "Content-Type", "application/x-www-form-urlencoded");
    }

    private Application application(Consumer<ClientRepresentation> more) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("test-" + UUID.randomUUID());
        client.setSecret("secret");
        client.setRedirectUris(List.of("http://localhost:*"));
        more.accept(client);
        testbed.realm().clients().create(client).close();
        return new Application(client.getClientId(), Optional.of("secret"), "http://localhost:9/callback");
    }

    private void withClient(String clientId, Consumer<ClientRepresentation> change, Runnable test) {
        ClientRepresentation before =
                testbed.realm().clients().findByClientId(clientId).get(0);
        ClientRepresentation changed =
                testbed.realm().clients().findByClientId(clientId).get(0);
        change.accept(changed);
        testbed.realm().clients().get(before.getId()).update(changed);
        try {
            test.run();
        } finally {
            testbed.realm().clients().get(before.getId()).update(before);
        }
    }

    private List<EventRepresentation> events(Person person, String type) {
        return testbed.realm().getEvents(List.of(type), null, person.id(), null, null, null, 0, 100);
    }

    private Person newUser() {
        return testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    }

    /** A user who may enter both applications. */
    private Person admin() {
        return testbed.people().create(DemoAccounts.ACME, "account-admin");
    }

    private Login login() {
        return testbed.login(Application.WISE_SYNC);
    }
}
