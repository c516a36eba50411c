package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;

/**
 * Codes that are wrong, expired, or of another login. Parallel guesses are in {@code EmailedCodeIT}, and over two
 * nodes in {@code TwoNodesIT}. Tests that wait use a copy of the flow with the shortest times.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CodesIT {

    private static final String RESEND = "#wise-sync-code-resend";
    private static final String FLOW = "impatient";

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();
    private Application impatient;
    private String client;

    @BeforeAll
    void copyTheFlow() {
        Testbed.setQuickLoginCheck(testbed.realm(), false);
        try (Response copied = testbed.realm().flows().copy("wise-sync browser", Map.of("newName", FLOW))) {
            assertThat(copied.getStatus()).isEqualTo(201);
        }
        AuthenticationExecutionInfoRepresentation step = testbed.realm().flows().getExecutions(FLOW).stream()
                .filter(execution -> "wise-sync-mailed-code".equals(execution.getProviderId()))
                .findFirst()
                .orElseThrow();
        AuthenticatorConfigRepresentation config =
                testbed.realm().flows().getAuthenticatorConfig(step.getAuthenticationConfig());
        config.setConfig(Map.of("lifetime", "60", "resend-after", "10"));
        testbed.realm().flows().updateAuthenticatorConfig(config.getId(), config);
        ClientRepresentation application = new ClientRepresentation();
        application.setClientId("impatient-" + UUID.randomUUID());
        application.setSecret("secret");
        application.setRedirectUris(List.of("http://localhost:9/*"));
        application.setAuthenticationFlowBindingOverrides(Map.of("browser", flow()));
        testbed.realm().clients().create(application).close();
        client = testbed.realm()
                .clients()
                .findByClientId(application.getClientId())
                .get(0)
                .getId();
        impatient = new Application(application.getClientId(), Optional.of("secret"), "http://localhost:9/callback");
    }

    @AfterAll
    void deleteIt() {
        testbed.realm().clients().get(client).remove();
        testbed.realm().flows().deleteFlow(flow());
        Testbed.setQuickLoginCheck(testbed.realm(), true);
    }

    @Test
    void aCodeCanBeUsedOnce() {
        Person person = newUser();
        Login login = login(Application.WISE_SYNC);
        WebPage asked = login.password(login.start(), person);
        String code = code(person);
        WebPage offer = login.code(asked, code);
        assertThat(offer.has(Login.NOT_NOW)).isTrue();

        // The same page again, as after the browser's Back, with the same code.
        WebPage again = login.code(asked, code);
        assertThat(login.done(again)).isFalse();

        Login next = login(Application.WISE_SYNC);
        WebPage refused = next.code(next.password(next.start(), person), code);
        assertThat(refused.has(Login.CODE)).isTrue();
        assertThat(refused.has(Login.NOT_NOW)).isFalse();
    }

    @Test
    void theRightCodeInParallelIsAtMostOneLogin() throws Exception {
        Person person = newUser();
        Login login = login(Application.WISE_SYNC);
        WebPage asked = login.password(login.start(), person);
        String code = code(person);
        List<WebPage> pages = new ArrayList<>();

        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<WebPage>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> login.code(asked, code)));
            }
            for (Future<WebPage> one : all) {
                pages.add(one.get());
            }
        } finally {
            threads.shutdownNow();
        }

        // One browser sent all of them: a later response may show how far its login has come. None of them starts
        // another login.
        pages.stream()
                .filter(page -> page.has(Login.NOT_NOW))
                .forEach(page -> login.visitor().press(page, Login.NOT_NOW));
        assertThat(testbed.realm().users().get(person.id()).getUserSessions()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aCodeOfAnotherUserIsWrong() {
        Person one = newUser();
        Person other = newUser();
        Login own = login(Application.WISE_SYNC);
        Login otherLogin = login(Application.WISE_SYNC);
        WebPage asked = own.password(own.start(), one);
        otherLogin.password(otherLogin.start(), other);
        String right = code(one);
        String wrong = code(other);

        WebPage refused = own.code(asked, wrong);

        assertThat(refused.has(Login.CODE)).isTrue();
        assertThat(events(one, "LOGIN_ERROR"))
                .extracting(EventRepresentation::getError)
                .containsExactly("invalid_user_credentials");
        assertThat(own.code(refused, right).has(Login.NOT_NOW)).isTrue();
    }

    @Test
    void theCodeOfOneTabIsWrongInAnother() {
        Person person = newUser();
        Login first = login(Application.WISE_SYNC);
        WebPage pageOne = first.password(first.start(), person);
        String codeOne = code(person);
        Login second = new Login(server, Application.WISE_SYNC, first.visitor());
        WebPage pageTwo = second.start();
        pageTwo = pageTwo.has(Login.PASSWORD) ? second.password(pageTwo, person) : pageTwo;

        assertThat(pageTwo.has(Login.CODE)).as(pageTwo.toString()).isTrue();
        WebPage refused = second.code(pageTwo, codeOne);

        assertThat(refused.has(Login.NOT_NOW) || second.done(refused)).isFalse();
        assertThat(first.code(pageOne, codeOne).has(Login.NOT_NOW)).isTrue();
    }

    @Test
    void guessesAreCountedOverTabsAndRestarts() {
        Person person = newUser();
        Login first = login(Application.WISE_SYNC);
        WebPage page = first.password(first.start(), person);
        wrong(first, page, 2);
        page = first.visitor().open(server.realmUrl() + "/login-actions/restart?" + first.tab());
        page = wrong(first, first.password(page, person), 1);
        assertThat(page.has(Login.CODE)).isTrue();
        Login second = new Login(server, Application.WISE_SYNC, first.visitor());
        page = second.start();
        page = page.has(Login.PASSWORD) ? second.password(page, person) : page;
        testbed.mailbox().forget(person.username());
        wrong(second, page, 2);

        Login last = login(Application.WISE_SYNC);
        WebPage refused = last.password(last.start(), person);

        assertThat(refused.text()).contains("Too many failed attempts");
        assertThat(refused.has(Login.CODE)).isFalse();
    }

    @Test
    void aResendInvalidatesEarlierCodesAndDoesNotResetTheCount() {
        Person person = newUser();
        Login login = login(impatient);
        WebPage asked = login.password(login.start(), person);
        String old = code(person);
        wrong(login, asked, 3);
        WebPage resent = resend(login, person);
        String current = code(person);

        WebPage refused = login.code(resent, old);
        assertThat(refused.has(Login.NOT_NOW)).isFalse();
        WebPage locked = wrong(login, refused, 1);

        assertThat(locked.has(Login.CODE) ? login.code(locked, current).text() : locked.text())
                .as("the right one, as the sixth")
                .contains("Too many failed attempts");
    }

    @Test
    void theCodeOfAResendIsAccepted() {
        Person person = newUser();
        Login login = login(impatient);
        login.password(login.start(), person);
        testbed.mailbox().forget(person.username());

        WebPage resent = resend(login, person);

        assertThat(login.code(resent, code(person)).has(Login.NOT_NOW)).isTrue();
    }

    /** CVE-2026-18963: a new password can be set only through the email. */
    @Test
    void aForgottenPasswordIsResetByEmailOnly() {
        Person person = newUser();
        Login login = login(Application.WISE_SYNC);
        WebPage forgotten = login.visitor().press(login.start(), "a[href*=reset-credentials]");

        WebPage page = login.visitor().submit(forgotten, "input[name=username]", Map.of("username", person.username()));

        assertThat(page.has("#try-another-way, [name=tryAnotherWay], input[name=password-new]"))
                .isFalse();
        assertThat(testbed.mailbox().take(person.username()).link()).isPresent();
    }

    /**
     * The number of guesses is kept as long as the code is valid: waiting for its end gives five guesses at the next
     * one.
     */
    @Test
    @Tag("full")
    void aCodeExpiresAndTheCountIsNotResetBefore() {
        Person person = newUser();
        Login login = login(impatient);
        WebPage asked = login.password(login.start(), person);
        String code = code(person);
        WebPage old = wrong(login, asked, 4);

        await("the end of the code")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> login.reload().text().contains("expired"));

        WebPage late = login.code(old, code);
        assertThat(late.text()).contains("The code has expired");
        assertThat(late.has(Login.NOT_NOW)).isFalse();
        WebPage resent = login.visitor().press(login.reload(), RESEND);
        assertThat(login.code(resent, code(person)).has(Login.NOT_NOW)).isTrue();
    }

    /** Presses the button until a code is sent. */
    private WebPage resend(Login login, Person person) {
        int before = testbed.mailbox().all(person.username()).size();
        return await("another code")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> login.visitor().press(login.reload(), RESEND),
                        pressed -> testbed.mailbox().all(person.username()).size() > before);
    }

    private WebPage wrong(Login login, WebPage page, int times) {
        WebPage now = page;
        for (int i = 0; i < times; i++) {
            now = login.code(now, "wrong" + i);
            assertThat(now.has(Login.NOT_NOW)).isFalse();
        }
        return now;
    }

    private String flow() {
        return testbed.realm().flows().getFlows().stream()
                .filter(flow -> flow.getAlias().equals(FLOW))
                .map(AuthenticationFlowRepresentation::getId)
                .findFirst()
                .orElseThrow();
    }

    private Person newUser() {
        return testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    }

    private Login login(Application application) {
        return testbed.login(application);
    }

    private String code(Person person) {
        return testbed.mailbox().takeCode(person.username());
    }

    private List<EventRepresentation> events(Person person, String type) {
        return testbed.realm().getEvents(List.of(type), null, person.id(), null, null, null, 0, 100);
    }
}
