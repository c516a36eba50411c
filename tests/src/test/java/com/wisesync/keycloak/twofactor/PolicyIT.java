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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Which users need a second factor, and which one. */
class PolicyIT {

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();

    @Test
    void inAnOptionalAccountAUserWithoutDeviceIsNotAsked() {
        Person person = testbed.people().create(optional(), "user", "company");
        Login login = login();

        assertThat(login.done(login.password(login.start(), person))).isTrue();
    }

    @Test
    void inAnOptionalAccountAnAccountAdminIsAsked() {
        Person person = testbed.people().create(optional(), "account-admin");
        Login login = login();

        assertThat(login.password(login.start(), person).has(Login.CODE)).isTrue();
    }

    @Test
    void inAnOptionalAccountStaffIsAsked() {
        Person person = testbed.people().create(optional(), "user", "company");
        testbed.people().grant(person.id(), "support");
        Login login = login();

        assertThat(login.password(login.start(), person).has(Login.CODE)).isTrue();
    }

    @Test
    void requiringASecondFactorEndsSessionsWithoutOne() {
        String account = optional();
        Person person = testbed.people().create(account, "user", "company");
        Login login = login();
        assertThat(login.done(login.password(login.start(), person))).isTrue();
        mode(account, "required");

        Login next = new Login(server, Application.WISE_SYNC, login.visitor());
        WebPage refused = next.start();
        assertThat(refused.status()).isEqualTo(403);

        WebPage again = next.visitor().press(refused, "#wise-sync-log-in-again");
        assertThat(next.password(again, person).has(Login.CODE)).isTrue();
    }

    /** The email is sent while the login, which stores its language at the end, is still under way. */
    @Test
    void aNoticeOfAFirstLoginIsInTheLanguageOfItsPages() {
        Person person = testbed.people().create(optional(), "user", "company");
        Login login = login();
        WebPage page = login.password(login.start("kc_action", "CONFIGURE_TOTP", "ui_locales", "de"), person);
        String secret = page.find("#totpSecret").orElseThrow().attr("value");

        login.visitor()
                .submit(
                        page,
                        "#totpSecret",
                        Map.of("totp", new AuthenticatorApp("", secret).at(Instant.now()), "userLabel", "phone"));

        assertThat(testbed.mailbox().take(person.username()).subject())
                .isEqualTo("Ein zweiter Faktor wurde eingerichtet");
    }

    @Test
    void usersWithAnAppAreAskedForItOnly() {
        Person person = testbed.people().create(optional(), "user", "company");
        AuthenticatorApp app = enrol(person);
        // Mailed after the commit: later emails belong to the login.
        assertThat(testbed.mailbox().take(person.username()).subject()).isEqualTo("A second factor was set up");

        Login login = login();
        WebPage page = login.password(login.start(), person);

        assertThat(page.has("input[name=otp]")).isTrue();
        assertThat(page.has("#try-another-way")).isFalse();
        assertThat(testbed.mailbox().poll(person.username())).isEmpty();
        WebPage wrong = login.code(page, "000000");
        assertThat(login.done(wrong)).isFalse();
        assertThat(login.done(login.code(wrong, app.nextCode()))).isTrue();
    }

    @Test
    void appCodesAreLimitedLikeEmailedCodes() {
        Person person = testbed.people().create(optional(), "user", "company");
        AuthenticatorApp app = enrol(person);
        Login login = login();
        WebPage page = login.password(login.start(), person);
        for (int i = 0; i < 5; i++) {
            page = login.code(page, "00000" + i);
            testbed.realm().attackDetection().clearBruteForceForUser(person.id());
        }

        WebPage locked = login.code(page, app.nextCode());

        assertThat(login.done(locked)).isFalse();
        assertThat(events(person, "LOGIN_ERROR"))
                .anySatisfy(event -> assertThat(event.getDetails()).containsEntry("reason", "too_many_codes"));
    }

    @Test
    void aSessionWithoutSecondFactorRemovesNoDevice() {
        Person person = testbed.people().create(optional(), "user", "company");
        Login before = testbed.login(Application.ACCOUNT_CONSOLE);
        Tokens passwordOnly = before.tokens(before.password(before.start(), person));
        AuthenticatorApp app = enrol(person);

        Answer refused = new Api(server.realmUrl(), passwordOnly::access)
                .send("DELETE", "/account/credentials/" + app.id(), "", "Accept", "application/json");

        assertThat(refused.status()).isIn(401, 403);
        assertThat(devices(person)).hasSize(1);

        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        Tokens both = login.tokens(login.code(login.password(login.start(), person), app.nextCode()));
        assertThat(both.accessClaims().path("acr").asText()).isEqualTo("2");
        Answer removed = new Api(server.realmUrl(), both::access)
                .send("DELETE", "/account/credentials/" + app.id(), "", "Accept", "application/json");
        assertThat(removed.status()).isEqualTo(204);
    }

    @Test
    void wrongCodesLockTheUserOutLikeWrongPasswords() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = login();
        WebPage page = login.password(login.start(), person);
        String right = testbed.mailbox().takeCode(person.username());
        for (int failures = 1; failures <= 5 && page.has(Login.CODE); failures++) {
            page = login.code(page, other(right));
            awaitFailures(person, failures);
        }
        Person mistaken = new Person(person.id(), person.username(), "mistaken");
        for (int failures = 6; failures <= 10 && !locked(person); failures++) {
            Login guess = login();
            guess.password(guess.start(), mistaken);
            awaitFailures(person, failures);
        }

        assertThat(locked(person)).isTrue();
        Login next = login();
        assertThat(next.password(next.start(), person).has(Login.CODE)).isFalse();
        assertThat(testbed.realm().users().get(person.id()).toRepresentation().isEnabled())
                .as("a lockout disables no user")
                .isTrue();
    }

    @Test
    void anAccountAdminRemovesAUsersDevicesAndTheNextLoginMailsACodeAgain() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        enrol(person);

        Answer removed = testbed.api(Person.ADA)
                .send("DELETE", "/accounts/" + DemoAccounts.ACME + "/users/" + person.id() + "/two-factor", null);

        assertThat(removed.status()).isEqualTo(204);
        assertThat(devices(person)).isEmpty();
        assertThat(testbed.realm().users().get(person.id()).getUserSessions()).isEmpty();
        Login login = login();
        testbed.mailbox().forget(person.username());
        WebPage page = login.password(login.start(), person);
        assertThat(page.has("input[name=otp]")).isFalse();
        assertThat(testbed.mailbox().takeCode(person.username())).hasSize(6);
    }

    /** Keycloak counts failures after it has answered, and locks out earlier after two within a second. */
    private void awaitFailures(Person person, int failures) {
        Awaitility.await()
                .until(() -> locked(person) || (int) attacks(person).getOrDefault("numFailures", 0) >= failures);
    }

    private boolean locked(Person person) {
        return (boolean) attacks(person).getOrDefault("disabled", false);
    }

    private Map<String, Object> attacks(Person person) {
        return testbed.realm().attackDetection().bruteForceUserStatus(person.id());
    }

    private AuthenticatorApp enrol(Person person) {
        return AuthenticatorApp.enrolledBy(person, testbed);
    }

    private List<CredentialRepresentation> devices(Person person) {
        return testbed.realm().users().get(person.id()).credentials().stream()
                .filter(credential -> credential.getType().equals("otp"))
                .toList();
    }

    private String optional() {
        String account = testbed.people().account("other", "company");
        mode(account, "optional");
        return account;
    }

    private void mode(String account, String mode) {
        OrganizationRepresentation organization =
                testbed.realm().organizations().get(account).toRepresentation();
        organization.singleAttribute("two-factor-mode", mode);
        testbed.realm().organizations().get(account).update(organization).close();
    }

    private static String other(String code) {
        return (code.charAt(0) == '9' ? '0' : '9') + code.substring(1);
    }

    private List<EventRepresentation> events(Person person, String type) {
        return testbed.realm().getEvents(List.of(type), null, person.id(), null, null, null, 0, 100);
    }

    private Login login() {
        return testbed.login(Application.WISE_SYNC);
    }
}
