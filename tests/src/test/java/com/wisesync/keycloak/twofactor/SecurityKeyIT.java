package com.wisesync.keycloak.twofactor;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** A security key or passkey as the second factor, beside apps and emailed codes; Chromium simulates the key. */
class SecurityKeyIT {

    private static final Application APPLICATION = Application.WISE_SYNC;
    private static final String PASSWORDLESS = "webauthn-register-passwordless";

    private final Testbed testbed = Testbed.get();

    @Test
    void usersWithAKeyLogInWithItAndReceiveNoCode() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        try (Browser browser = Browser.launch()) {
            Page page = browser.newPage();
            SimulatedPasskey.addTo(page);
            enrol(page, person);
            assertThat(testbed.mailbox().take(person.username()).subject()).isEqualTo("A second factor was set up");
            page.context().clearCookies();

            Login login = testbed.login(APPLICATION);
            page.navigate(login.address());
            password(page, person);
            assertThat(page.locator(Login.CODE)).hasCount(0);
            URI back = redirect(page, "#authenticateWebAuthnButton");

            Tokens tokens = login.tokens(back);
            assertThat(tokens.accessClaims().path("acr").asText()).isEqualTo("2");
            assertThat(testbed.mailbox().poll(person.username())).isEmpty();
        }
    }

    @Test
    void thePageOfTheKeyNamesWhoCanHelp() {
        String account = testbed.people().account("other", "company");
        Person admin = testbed.people().create(account, "account-admin");
        Person person = testbed.people().create(account, "user", "company");
        try (Browser browser = Browser.launch()) {
            Page page = browser.newPage();
            SimulatedPasskey.addTo(page);
            enrol(page, person);
            page.context().clearCookies();
            Login login = testbed.login(APPLICATION);
            page.navigate(login.address());
            password(page, person);

            press(page, "#wise-sync-lost-device");

            String name =
                    testbed.realm().users().get(admin.id()).toRepresentation().getLastName();
            assertThat(page.locator("#wise-sync-lost-device-help")).containsText("remove your second factor");
            assertThat(page.locator("#wise-sync-lost-device-help")).containsText(name);
            login.tokens(redirect(page, "#authenticateWebAuthnButton"));
        }
    }

    /** A passkey without a password is an operator's decision; its page offers recovery codes too. */
    @Test
    void aPasskeyThatReplacesThePasswordIsFollowedByRecoveryCodes() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        AuthenticationManagementResource flows = testbed.realm().flows();
        RequiredActionProviderRepresentation action = flows.getRequiredAction(PASSWORDLESS);
        action.setEnabled(true);
        flows.updateRequiredAction(PASSWORDLESS, action);
        try (Browser browser = Browser.launch()) {
            Page page = browser.newPage();
            SimulatedPasskey.addTo(page);

            enrol(page, person, PASSWORDLESS);
        } finally {
            action.setEnabled(false);
            flows.updateRequiredAction(PASSWORDLESS, action);
        }
    }

    private void enrol(Page page, Person person) {
        enrol(page, person, "webauthn-register");
    }

    private void enrol(Page page, Person person, String action) {
        testbed.mailbox().forget(person.username());
        page.navigate(testbed.login(APPLICATION).address("kc_action", action));
        password(page, person);
        page.locator(Login.CODE).fill(testbed.mailbox().takeCode(person.username()));
        page.locator("#kc-login").click();
        page.onceDialog(name -> name.accept("My key"));
        press(page, "#registerWebAuthn");
        redirect(page, AuthenticatorApp.NO_RECOVERY_CODES);
    }

    private static void password(Page page, Person person) {
        page.locator("input[name=username]").fill(person.username());
        page.locator(Login.PASSWORD).fill(person.password());
        page.locator("#kc-login").click();
    }

    /** The redirect URI; no server listens there. */
    private static URI redirect(Page page, String button) {
        awaitScript(page, button);
        Response sent = page.waitForResponse(
                answer -> location(answer).startsWith(APPLICATION.redirect()),
                () -> page.locator(button).click());
        // Otherwise the page of the failed connection interrupts the next navigation.
        page.waitForCondition(() -> page.url().startsWith("chrome-error:"));
        return URI.create(location(sent));
    }

    private static void press(Page page, String button) {
        awaitScript(page, button);
        page.locator(button).click();
    }

    /** The button of a page does nothing until its script is loaded. */
    private static void awaitScript(Page page, String button) {
        page.locator(button).waitFor();
        page.waitForLoadState();
    }

    private static String location(Response response) {
        return response.headers().getOrDefault("location", "");
    }
}
