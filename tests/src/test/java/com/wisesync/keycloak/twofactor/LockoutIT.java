package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Visitor;
import com.wisesync.keycloak.testing.WebPage;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.CredentialRepresentation;

/** A lockout after ten failed logins, and the ways to end it. */
class LockoutIT {

    private static final String NEW_PASSWORD = "another one";
    private static final int FAILURES = 10;
    private static final String USERNAME = "input[name=username]";

    private final Testbed testbed = Testbed.get();
    private final Api admin = testbed.api(Person.ADA);
    private final Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    private final String user = "/accounts/" + DemoAccounts.ACME + "/users/" + person.id();

    @Test
    void tenWrongPasswordsLockTheUserOutUntilAnAdminSetsAPassword() {
        failPasswords(0, FAILURES);
        assertThat(isLocked()).isTrue();
        assertThat(logIn(person.password()).has(Login.CODE)).isFalse();

        assertThat(admin.put(user + "/password", Map.of("password", NEW_PASSWORD))
                        .status())
                .isEqualTo(204);

        assertThat(isLocked()).isFalse();
        assertThat(logIn(NEW_PASSWORD).has(Login.CODE)).isTrue();
    }

    @Test
    void aPasswordSetThroughKeycloaksOwnApiEndsTheLockoutAndIsNotified() {
        failPasswords(0, FAILURES);
        assertThat(isLocked()).isTrue();

        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(NEW_PASSWORD);
        testbed.realm().users().get(person.id()).resetPassword(password);

        assertThat(isLocked()).isFalse();
        assertThat(testbed.mailbox().take(person.username()).subject()).isEqualTo("Your password was changed");
        assertThat(logIn(NEW_PASSWORD).has(Login.CODE)).isTrue();
    }

    @Test
    void aPasswordChosenByALinkEndsTheLockoutToo() {
        failPasswords(0, FAILURES);
        assertThat(isLocked()).isTrue();

        assertThat(admin.post(user + "/reset-password", null).status()).isEqualTo(204);
        Visitor visitor = new Visitor(testbed.server());
        WebPage form =
                visitor.open(testbed.mailbox().take(person.username()).link().orElseThrow());
        WebPage done = visitor.submit(
                form,
                "#wise-sync-link-form input[name=password-new]",
                Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));

        assertThat(done.has("#wise-sync-link-done")).as(done.toString()).isTrue();
        assertThat(isLocked()).isFalse();
        assertThat(logIn(NEW_PASSWORD).has(Login.CODE)).isTrue();
    }

    /** Access to the mailbox must not allow unlimited guesses of an app's codes. */
    @Test
    void aNewPasswordEndsNoLockoutToWhichWrongCodesContributed() {
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage page = login.password(login.start(), person);
        String right = testbed.mailbox().takeCode(person.username());
        login.code(page, (right.charAt(0) == '9' ? '0' : '9') + right.substring(1));
        awaitFailures(1);
        failPasswords(1, FAILURES);
        assertThat(isLocked()).isTrue();

        assertThat(admin.put(user + "/password", Map.of("password", NEW_PASSWORD))
                        .status())
                .isEqualTo(204);

        assertThat(isLocked()).isTrue();
        assertThat(logIn(NEW_PASSWORD).has(Login.CODE)).isFalse();
        assertThat(admin.post(user + "/unlock", null).status()).isEqualTo(204);
        assertThat(isLocked()).isFalse();
        assertThat(logIn(NEW_PASSWORD).has(Login.CODE)).isTrue();
    }

    /** The page names only what it asks for, and a lockout looks like a wrong password. */
    @ParameterizedTest
    @CsvSource({
        "en, Invalid password., Invalid username or password.",
        "de, Das Passwort ist falsch., Benutzername oder Passwort ist falsch."
    })
    void aWrongPasswordOfAUserWithASessionIsAboutThePasswordOnly(String language, String password, String both) {
        Person wrong = new Person(person.id(), person.username(), "mistaken");
        Login login = testbed.login(Application.WISE_SYNC);
        login.as(person, testbed.mailbox());
        WebPage asked = login.start("prompt", "login", "ui_locales", language);
        WebPage again = login.visitor().submit(asked, Login.PASSWORD, Map.of("password", wrong.password()));
        awaitFailures(1);
        failPasswords(1, FAILURES);
        WebPage locked = login.visitor().submit(again, Login.PASSWORD, Map.of("password", person.password()));
        Login first = testbed.login(Application.WISE_SYNC);
        WebPage unknown = first.password(first.start("ui_locales", language), wrong);

        assertThat(asked.has(USERNAME)).as(asked.toString()).isFalse();
        for (WebPage page : List.of(again, locked)) {
            assertThat(page.has(USERNAME)).as(page.toString()).isFalse();
            assertThat(page.find("#input-error-password").map(Element::text))
                    .as(page.toString())
                    .contains(password);
        }
        assertThat(unknown.find("#input-error-username").map(Element::text)).contains(both);
    }

    private void failPasswords(int from, int to) {
        for (int failures = from; failures < to; failures++) {
            logIn("mistaken");
            awaitFailures(failures + 1);
        }
    }

    private WebPage logIn(String password) {
        Login login = testbed.login(Application.WISE_SYNC);
        return login.password(login.start(), new Person(person.id(), person.username(), password));
    }

    private boolean isLocked() {
        return !admin.get(user).json().path("lockedUntil").isMissingNode()
                && !admin.get(user).json().path("lockedUntil").isNull();
    }

    /** Keycloak counts failures after it has answered. */
    private void awaitFailures(int failures) {
        await().until(() -> (int) testbed.realm()
                        .attackDetection()
                        .bruteForceUserStatus(person.id())
                        .getOrDefault("numFailures", 0)
                >= failures);
    }
}
