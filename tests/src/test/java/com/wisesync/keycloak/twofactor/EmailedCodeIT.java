package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The emailed code, page by page. */
class EmailedCodeIT {

    private static final String RESEND = "#wise-sync-code-resend";

    private final Testbed testbed = Testbed.get();

    @BeforeAll
    static void disableQuickLoginCheck() {
        Testbed.setQuickLoginCheck(Testbed.get().realm(), false);
    }

    @AfterAll
    static void enableQuickLoginCheck() {
        Testbed.setQuickLoginCheck(Testbed.get().realm(), true);
    }

    @Test
    void asksForTheMailedCodeAfterThePassword() {
        Person person = newUser();
        Login login = login();

        WebPage page = login.password(login.start(), person);

        assertThat(login.done(page)).isFalse();
        assertThat(page.find(Login.CODE)).hasValueSatisfying(field -> {
            assertThat(field.attr("inputmode")).isEqualTo("numeric");
            assertThat(field.attr("autocomplete")).isEqualTo("one-time-code");
        });
        assertThat(page.text())
                .contains(person.username().charAt(0) + "\u2022\u2022\u2022@test.example")
                .doesNotContain(person.username());
        assertThat(page.has("#wise-sync-other-account")).isTrue();
    }

    @Test
    void acceptsACodeWithSpacesAroundIt() {
        Person person = newUser();
        Login login = login();
        WebPage page = login.password(login.start(), person);

        WebPage offer = login.code(page, " " + code(person) + " ");

        assertThat(offer.has(Login.NOT_NOW)).isTrue();
        assertThat(login.done(login.visitor().press(offer, Login.NOT_NOW))).isTrue();
        assertThat(events(person, "SEND_VERIFY_EMAIL")).hasSize(1);
        assertThat(events(person, "LOGIN")).hasSize(1);
    }

    @Test
    void refusesAWrongCodeAndRecordsTheEvent() {
        Person person = newUser();
        Login login = login();
        WebPage page = login.password(login.start(), person);
        String right = code(person);

        WebPage refused = login.code(page, other(right));

        assertThat(refused.text()).contains("This code is not correct");
        assertThat(events(person, "LOGIN_ERROR"))
                .extracting(EventRepresentation::getError)
                .containsExactly("invalid_user_credentials");
        assertThat(login.code(refused, right).has(Login.NOT_NOW)).isTrue();
    }

    @Test
    void verifiesAtMostFiveOfFiftyConcurrentCodesAndThenNone() throws Exception {
        Person person = newUser();
        List<Login> logins = new ArrayList<>();
        List<WebPage> pages = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Login login = login();
            pages.add(login.password(login.start(), person));
            logins.add(login);
            codes.add(code(person));
        }

        ExecutorService browsers = Executors.newFixedThreadPool(25);
        try {
            List<Future<WebPage>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int which = i % logins.size();
                answers.add(
                        browsers.submit(() -> logins.get(which).codeOnce(pages.get(which), other(codes.get(which)))));
            }
            for (Future<WebPage> answer : answers) {
                assertThat(answer.get().has(Login.NOT_NOW)).isFalse();
            }
        } finally {
            browsers.shutdownNow();
        }
        assertThat(judged(person)).as("codes that were judged at once").isBetween(1L, 5L);

        // Uses up the remaining guesses of five, in any of the logins.
        WebPage page = logins.get(0).reload();
        for (int i = 0; i < 5 && page.has(Login.CODE); i++) {
            page = logins.get(0).code(page, other(codes.get(0)));
        }
        assertThat(page.text()).contains("Too many failed attempts");
        assertThat(judged(person)).isEqualTo(5);

        WebPage waiting = logins.get(1).reload();
        WebPage right = waiting.has(Login.CODE) ? logins.get(1).code(waiting, codes.get(1)) : waiting;
        assertThat(right.text()).as("the right one, afterwards").contains("Too many failed attempts");
        Login another = login();
        assertThat(another.password(another.start(), person).text())
                .as("a new login of the same person")
                .contains("Too many failed attempts");
    }

    @Test
    void twoWrongCodesInQuickSuccessionDoNotLockOut() {
        Person person = newUser();
        Login login = login();
        WebPage page = login.password(login.start(), person);
        String right = code(person);

        page = login.code(login.code(page, other(right)), other(right));

        assertThat(login.code(page, right).has(Login.NOT_NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0%s\u200b%s", "%s-%s", "%s\u202f%s\ufeff"})
    void acceptsAPastedCode(String pasted) {
        Person person = newUser();
        Login login = login();
        WebPage page = login.password(login.start(), person);
        String code = code(person);

        assertThat(login.code(page, pasted.formatted(code.substring(0, 3), code.substring(3)))
                        .has(Login.NOT_NOW))
                .isTrue();
    }

    @Test
    void aCorrectCodeVerifiesTheAddressItWasSentTo() {
        Person person = newUser();
        verified(person, false);
        testbed.logIn(person, Application.WISE_SYNC);
        assertThat(user(person).isEmailVerified()).isTrue();

        Person moved = newUser();
        verified(moved, false);
        Login login = login();
        WebPage page = login.password(login.start(), moved);
        String code = code(moved);
        UserRepresentation changed = user(moved);
        changed.setEmail("elsewhere-" + moved.username());
        testbed.realm().users().get(moved.id()).update(changed);
        login.code(page, code);
        assertThat(user(moved).isEmailVerified()).isFalse();
    }

    private void verified(Person person, boolean verified) {
        UserRepresentation user = user(person);
        user.setEmailVerified(verified);
        testbed.realm().users().get(person.id()).update(user);
    }

    private UserRepresentation user(Person person) {
        return testbed.realm().users().get(person.id()).toRepresentation();
    }

    @Test
    void doesNotResendBeforeItsTime() {
        Person person = newUser();
        Login login = login();
        WebPage page = login.password(login.start(), person);
        String first = code(person);

        WebPage tooSoon = login.visitor().press(page, RESEND);

        assertThat(tooSoon.text()).contains("60 seconds");
        assertThat(testbed.mailbox().poll(person.username())).isEmpty();
        assertThat(login.code(tooSoon, first).has(Login.NOT_NOW)).isTrue();
    }

    @Test
    void mailsAtMostFiveCodesAnHourToAUserWhoEntersNone() {
        Person person = newUser();
        for (int i = 0; i < 5; i++) {
            Login login = login();
            assertThat(login.password(login.start(), person).has(Login.CODE)).isTrue();
        }

        Login sixth = login();
        WebPage page = sixth.password(sixth.start(), person);

        assertThat(page.has(Login.CODE)).isFalse();
        assertThat(page.text()).contains("Too many codes have been sent", "minutes");
        assertThat(page.has(RESEND)).isFalse();
        assertThat(page.find("#wise-sync-wait-until").orElseThrow().attr("data-until"))
                .isNotEqualTo("0");
        assertThat(testbed.mailbox().all(person.username())).hasSize(5);
    }

    @Test
    void twoBrowsersOfOneUserLogInEachWithItsOwnCode() {
        Person person = newUser();
        Login one = login();
        WebPage pageOne = one.password(one.start(), person);
        String codeOne = code(person);
        Login two = login();
        WebPage pageTwo = two.password(two.start(), person);
        String codeTwo = code(person);

        assertThat(codeOne).as("one in a million").isNotEqualTo(codeTwo);
        WebPage refused = two.code(pageTwo, codeOne);
        assertThat(refused.has(Login.CODE)).as("the other's code").isTrue();
        assertThat(one.code(pageOne, codeOne).has(Login.NOT_NOW)).isTrue();
        assertThat(two.code(refused, codeTwo).has(Login.NOT_NOW)).isTrue();
    }

    /** Keycloak handles one code at a time; a rejected request does not count as a guess and can be repeated. */
    @Test
    void fourBrowsersOfOneUserLogInAtTheSameTime() throws Exception {
        Person person = newUser();
        List<Callable<WebPage>> entries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Login login = login();
            WebPage asked = login.password(login.start(), person);
            String code = code(person);
            entries.add(() -> login.code(asked, code));
        }

        ExecutorService browsers = Executors.newFixedThreadPool(entries.size());
        try {
            for (Future<WebPage> page : browsers.invokeAll(entries)) {
                assertThat(page.get().has(Login.NOT_NOW)).as(page.get().text()).isTrue();
            }
        } finally {
            browsers.shutdownNow();
        }
    }

    @Test
    void reloadingThePageSendsNoOtherCode() {
        Person person = newUser();
        Login login = login();
        login.password(login.start(), person);
        String code = code(person);

        WebPage again = login.reload();

        assertThat(testbed.mailbox().poll(person.username())).isEmpty();
        assertThat(login.code(again, code).has(Login.NOT_NOW)).isTrue();
    }

    @Test
    void offersToSetUpAnAppOnlyAgainAfterAWhile() {
        Person person = newUser();

        testbed.logIn(person, Application.WISE_SYNC);

        Login login = login();
        testbed.mailbox().forget(person.username());
        WebPage page = login.password(login.start(), person);
        assertThat(login.done(login.code(page, code(person)))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"29, false", "31, true"})
    void offersItAgainThirtyDaysAfterNotNow(int daysAgo, boolean offered) {
        Instant declined = Instant.now().minus(Duration.ofDays(daysAgo));
        Person person = testbed.people()
                .imported(
                        DemoAccounts.ACME,
                        "Test",
                        Map.of("companies", "acme-au", "two-factor-declined-at", declined.toString()));
        Login login = login();
        WebPage page = login.code(login.password(login.start(), person), code(person));

        assertThat(page.has(Login.NOT_NOW)).isEqualTo(offered);
        assertThat(login.done(page)).isEqualTo(!offered);
        if (offered) {
            login.visitor().press(page, Login.NOT_NOW);
            assertThat(testbed.realm()
                            .users()
                            .get(person.id())
                            .toRepresentation()
                            .getAttributes()
                            .get("two-factor-declined-at"))
                    .singleElement()
                    .satisfies(now -> assertThat(Instant.parse(now)).isAfter(declined));
        }
    }

    @Test
    void setsAnAppUpWithItsQrCodeOrItsKey() {
        Person person = newUser();
        Login login = login();
        WebPage offer = login.code(login.password(login.start(), person), code(person));

        WebPage setUp = login.visitor().press(offer, "#wise-sync-set-up");

        assertThat(setUp.find("#kc-totp-secret-qr-code"))
                .hasValueSatisfying(image -> assertThat(image.attr("src")).startsWith("data:image/png;base64"));
        assertThat(login.visitor()
                        .press(setUp, "#mode-manual")
                        .find("#kc-totp-secret-key")
                        .orElseThrow()
                        .text())
                .matches("([A-Z2-7]{4} ?)+");
    }

    @Test
    void mailsTheCodeAsHtmlAndTextInTheThemeOfTheRealm() {
        Person person = newUser();
        Login login = login();
        login.password(login.start(), person);

        Mail mail = testbed.mailbox().take(person.username());

        String code = mail.code().orElseThrow();
        assertThat(mail.subject()).contains(code);
        assertThat(mail.text()).contains(code).contains("Hello Test").doesNotContain("<");
        assertThat(mail.html()).contains(code).contains("<table").contains("Wise-Sync");
    }

    private long judged(Person person) {
        return events(person, "LOGIN_ERROR").stream()
                .filter(event -> event.getError().equals("invalid_user_credentials"))
                .count();
    }

    private Person newUser() {
        return testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    }

    private Login login() {
        return testbed.login(Application.WISE_SYNC);
    }

    private String code(Person person) {
        return testbed.mailbox().takeCode(person.username());
    }

    private static String other(String code) {
        return (code.charAt(0) == '9' ? '0' : '9') + code.substring(1);
    }

    private List<EventRepresentation> events(Person person, String type) {
        return testbed.realm().getEvents(List.of(type), null, person.id(), null, null, null, 0, 10_000);
    }
}
