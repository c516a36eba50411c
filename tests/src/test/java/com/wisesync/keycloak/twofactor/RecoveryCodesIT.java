package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.CredentialRepresentation;

/** A lost device: recovery codes, and help by administrators. */
class RecoveryCodesIT {

    private static final String ANOTHER_WAY = "#kc-select-try-another-way-form input[name=tryAnotherWay]";

    private final Testbed testbed = Testbed.get();

    @Test
    void aRecoveryCodeLogsInOnceWithoutTheApp() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        List<String> codes = setUpAppAndRecoveryCodes(person);

        Login login = testbed.login(Application.WISE_SYNC);
        WebPage asked = recoveryCodePage(login, person);
        WebPage done = login.visitor()
                .submit(asked, "input[name=recoveryCodeInput]", Map.of("recoveryCodeInput", " " + codes.get(0)));
        assertThat(login.done(done)).as(done.text()).isTrue();

        Login next = testbed.login(Application.WISE_SYNC);
        WebPage again = recoveryCodePage(next, person);
        assertThat(again.text()).contains("Recovery code number 2");
        WebPage refused = next.visitor()
                .submit(again, "input[name=recoveryCodeInput]", Map.of("recoveryCodeInput", codes.get(0)));
        assertThat(next.done(refused)).isFalse();
        assertThat(refused.text()).contains("This recovery code is not correct");
    }

    /** Access to the mailbox must not allow unlimited guesses of recovery codes. */
    @Test
    void aNewPasswordEndsNoLockoutToWhichAWrongRecoveryCodeContributed() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        setUpAppAndRecoveryCodes(person);
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage asked = recoveryCodePage(login, person);
        login.visitor().submit(asked, "input[name=recoveryCodeInput]", Map.of("recoveryCodeInput", "AAAABBBBCCCC"));
        awaitStatus(person, "numFailures", 1);
        for (int failures = 2; failures <= 10; failures++) {
            Login mistaken = testbed.login(Application.WISE_SYNC);
            mistaken.password(mistaken.start(), new Person(person.id(), person.username(), "mistaken"));
            awaitStatus(person, "numFailures", failures);
        }
        awaitStatus(person, "disabled", true);

        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("another one");
        testbed.realm().users().get(person.id()).resetPassword(password);

        awaitStatus(person, "disabled", true);
    }

    /** Keycloak counts failures after it has answered. */
    private void awaitStatus(Person person, String key, Object value) {
        await().until(() -> testbed.realm()
                .attackDetection()
                .bruteForceUserStatus(person.id())
                .get(key)
                .equals(value));
    }

    @Test
    void thePageOfTheAppNamesWhoCanHelp() {
        String account = testbed.people().account("other", "company");
        Person admin = testbed.people().create(account, "account-admin");
        Person person = testbed.people().create(account, "user", "company");
        AuthenticatorApp.enrolledBy(person, testbed);
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage asked = login.password(login.start(), person);
        assertThat(asked.text()).contains("Open your authenticator app").doesNotContain("administrator");

        WebPage help = login.visitor().press(asked, "#wise-sync-lost-device");

        String name = testbed.realm().users().get(admin.id()).toRepresentation().getLastName();
        assertThat(help.find("#wise-sync-lost-device-help").orElseThrow().text())
                .contains("An account administrator", name);
        assertThat(help.has("input[name=otp]")).isTrue();
    }

    private WebPage recoveryCodePage(Login login, Person person) {
        WebPage app = login.password(login.start(), person);
        WebPage page = login.visitor().submit(app, ANOTHER_WAY, Map.of());
        if (page.has("input[name=authenticationExecution]")) {
            String execution = page.document().select("li").stream()
                    .filter(choice -> choice.text().contains("Recovery code"))
                    .map(choice ->
                            choice.select("input[name=authenticationExecution]").attr("value"))
                    .findFirst()
                    .orElseThrow();
            page = login.visitor()
                    .submit(page, "input[name=authenticationExecution]", Map.of("authenticationExecution", execution));
        }
        return page;
    }

    private List<String> setUpAppAndRecoveryCodes(Person person) {
        AuthenticatorApp app = AuthenticatorApp.enrolledBy(person, testbed);
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage codes = login.code(
                login.password(login.start("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES"), person), app.nextCode());
        List<String> list =
                codes.document().select("#kc-recovery-codes-list li").eachText();
        assertThat(list).hasSizeGreaterThanOrEqualTo(10);
        assertThat(login.done(login.visitor().submit(codes, "input[name=generatedRecoveryAuthnCodes]", Map.of())))
                .isTrue();
        return list;
    }
}
