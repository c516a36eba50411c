package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A user is disabled during a login, a refresh or the entry of a code; a company is disconnected while a token is
 * issued. In every order, no session or token remains usable. Covers kc#37981, CVE-2025-14559, CVE-2026-1609 and
 * kc#48487. Races of the admin API are in {@code admin.Races}.
 */
class LoginRacesIT {

    private static final int ROUNDS = 4;

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();
    private final Api service = testbed.api(testbed.serviceToken());
    private final String account = testbed.people().account("other", "one");

    @RepeatedTest(ROUNDS)
    void aUserDisabledWhileTypingThePasswordGetsNoSession() throws Exception {
        Person person = newUser();
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage first = login.start();

        WebPage page = race(person, () -> login.password(first, person));

        if (page.has(Login.CODE)) {
            page = login.code(page, testbed.mailbox().takeCode(person.username()));
        }
        assertOut(person, login, page);
    }

    @RepeatedTest(ROUNDS)
    void aUserDisabledWhileTypingTheCodeGetsNoSession() throws Exception {
        Person person = newUser();
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage asked = login.password(login.start(), person);
        String code = testbed.mailbox().takeCode(person.username());

        WebPage page = race(person, () -> login.code(asked, code));

        assertOut(person, login, page);
    }

    @RepeatedTest(ROUNDS)
    void aUserDisabledInTheLastStepOfTheLoginGetsNoSession() throws Exception {
        Person person = newUser();
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage asked = login.password(login.start(), person);
        WebPage offer = login.code(asked, testbed.mailbox().takeCode(person.username()));

        WebPage page = race(person, () -> login.visitor().press(offer, Login.NOT_NOW));

        assertOut(person, login, page);
    }

    @RepeatedTest(ROUNDS)
    void aUserDisabledWhileExchangingTheCodeGetsNoSession() throws Exception {
        Person person = newUser();
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage done = login.through(login.start(), person, testbed.mailbox());

        // Answers with tokens or with an error.
        Answer answer = race(person, () -> exchange(login, done));

        if (answer.status() == 200) {
            assertRefused(answer.json().path("refresh_token").asText(), Application.WISE_SYNC);
        }
        assertOut(person, login, done);
    }

    @RepeatedTest(ROUNDS)
    void aUserDisabledWhileRefreshingATokenGetsNoSession() throws Exception {
        Person person = testbed.people().create(account, "account-admin");
        // The account needs an account-admin who has logged in.
        testbed.logIn(testbed.people().create(account, "account-admin"), Application.WISE_SYNC);
        Login login = testbed.login(Application.CONSOLE);
        Tokens tokens = login.as(person, testbed.mailbox());

        Answer answer = race(person, () -> refresh(tokens.refresh(), Application.CONSOLE));

        if (answer.status() == 200) {
            assertRefused(answer.json().path("refresh_token").asText(), Application.CONSOLE);
            Api api = testbed.api(answer.json().path("access_token").asText());
            assertThat(api.get("/me").status()).as("the admin API").isEqualTo(401);
        }
        assertNoSession(person, login);
    }

    @Test
    void everyTokenAndCodeOfADisabledUserIsRefused() {
        Person person = testbed.people().create(account, "account-admin");
        // The account needs an account-admin who has logged in.
        testbed.logIn(testbed.people().create(account, "account-admin"), Application.WISE_SYNC);
        Login login = testbed.login(Application.WISE_SYNC);
        Tokens tokens = login.as(person, testbed.mailbox());
        Login half = new Login(server, Application.WISE_SYNC, login.visitor());
        WebPage unused = half.start();
        assertThat(half.done(unused)).isTrue();
        Tokens console = testbed.logIn(person, Application.CONSOLE);
        Tokens accountConsole = testbed.logIn(person, Application.ACCOUNT_CONSOLE);

        assertThat(service.post(path(person) + "/disable", null).status()).isEqualTo(204);

        assertRefused(tokens.refresh(), Application.WISE_SYNC);
        assertThat(exchange(half, unused).status()).as("a code for tokens").isEqualTo(400);
        assertSilentLoginFails(login);
        Login other = new Login(server, Application.WISE_PAY, login.visitor());
        assertThat(other.done(other.start())).as("another application").isFalse();
        assertThat(testbed.api(console.access()).get("/me").status()).isEqualTo(401);
        Api account = new Api(server.realmUrl(), accountConsole::access);
        assertThat(account.send("GET", "/account", null, "Accept", "application/json")
                        .status())
                .isEqualTo(401);
        Api application = new Api(server.realmUrl(), tokens::access);
        assertThat(application.get("/protocol/openid-connect/userinfo").status())
                .isEqualTo(401);
        Map<String, String> asked = new LinkedHashMap<>(Map.of("token", tokens.access()));
        asked.put("client_id", "wise-sync-app");
        asked.put("client_secret", "wise-sync-app-secret");
        assertThat(introspect(asked).json().path("active").asBoolean()).isFalse();
    }

    /** Earlier sessions do not become valid again. */
    @Test
    void enablingBringsNoSessionBack() {
        Person person = newUser();
        Login login = testbed.login(Application.WISE_SYNC);
        Tokens tokens = login.as(person, testbed.mailbox());
        UserRepresentation user = testbed.realm().users().get(person.id()).toRepresentation();
        user.setEnabled(false);
        testbed.realm().users().get(person.id()).update(user);

        assertThat(service.post(path(person) + "/enable", null).status()).isEqualTo(204);

        assertRefused(tokens.refresh(), Application.WISE_SYNC);
        assertSilentLoginFails(login);
    }

    @RepeatedTest(ROUNDS)
    void aCompanyDeletedWhileATokenIsIssuedIsNotInTheNext() throws Exception {
        service.put("/accounts/" + account + "/companies/gone", Map.of("name", "Gone", "package", "myob"));
        Person user = testbed.people().create(account, "user", "one", "gone");
        Person admin = testbed.people().create(account, "account-admin");
        Tokens ofUser = testbed.logIn(user, Application.WISE_SYNC);
        Tokens ofAdmin = testbed.logIn(admin, Application.WISE_SYNC);
        assertThat(companies(ofUser)).contains("gone");

        List<Object> answers = atOnce(List.of(
                () -> service.delete("/accounts/" + account + "/companies/gone").status(),
                () -> ofUser.refreshed(server, Application.WISE_SYNC),
                () -> ofAdmin.refreshed(server, Application.WISE_SYNC),
                () -> ofUser.refreshed(server, Application.WISE_SYNC)));

        assertThat(answers.get(0)).isEqualTo(200);
        assertThat(companies(ofUser.refreshed(server, Application.WISE_SYNC))).containsExactly("one");
        assertThat(companies(ofAdmin.refreshed(server, Application.WISE_SYNC))).containsExactly("one");
    }

    /** Runs a step of a user and disables the user at the same time; returns the result of the step. */
    private <T> T race(Person person, Callable<T> step) throws Exception {
        List<Object> answers = atOnce(List.of(
                () -> service.post(path(person) + "/disable", null).status(), step::call));
        assertThat(answers.get(0)).isEqualTo(204);
        @SuppressWarnings("unchecked")
        T given = (T) answers.get(1);
        return given;
    }

    private void assertOut(Person person, Login login, WebPage page) {
        WebPage last = page.has(Login.NOT_NOW) ? login.visitor().press(page, Login.NOT_NOW) : page;
        if (login.done(last)) {
            assertThat(exchange(login, last).status()).as("the code for tokens").isEqualTo(400);
        }
        assertNoSession(person, login);
    }

    /** Neither now nor after the user is enabled again. */
    private void assertNoSession(Person person, Login login) {
        assertSilentLoginFails(login);
        assertThat(service.post(path(person) + "/enable", null).status()).isEqualTo(204);
        assertSilentLoginFails(login);
        // Sessions that a concurrent login has committed meanwhile are removed after the commit of enabling.
        await().untilAsserted(() -> assertThat(
                        testbed.realm().users().get(person.id()).getUserSessions())
                .isEmpty());
        assertSilentLoginFails(login);
    }

    private void assertSilentLoginFails(Login login) {
        Login silent = new Login(server, Application.WISE_SYNC, login.visitor());
        WebPage page = silent.start("prompt", "none");
        assertThat(silent.done(page)).as(page.toString()).isFalse();
    }

    private void assertRefused(String refreshToken, Application application) {
        assertThat(refresh(refreshToken, application).status()).as("a refresh").isEqualTo(400);
    }

    private Answer exchange(Login login, WebPage done) {
        return Tokens.request(server, login.exchange(done));
    }

    private Answer refresh(String token, Application application) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        form.put("client_id", application.clientId());
        application.secret().ifPresent(secret -> form.put("client_secret", secret));
        return Tokens.request(server, form);
    }

    private Answer introspect(Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
        return new Api(server.realmUrl(), () -> null)
                .send(
                        "POST",
                        "/protocol/openid-connect/token/introspect",
                        body,
                        "Content-Type",
                        "application/x-www-form-urlencoded");
    }

    private static List<String> companies(Tokens tokens) {
        return tokens.accessClaims()
                .path("companies")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private Person newUser() {
        return testbed.people().create(account, "user", "one");
    }

    private String path(Person person) {
        return "/accounts/" + account + "/users/" + person.id();
    }

    private static List<Object> atOnce(List<Callable<Object>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Object> answers = new ArrayList<>();
            for (Future<Object> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
