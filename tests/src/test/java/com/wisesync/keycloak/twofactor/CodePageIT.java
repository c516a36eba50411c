package com.wisesync.keycloak.twofactor;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that asks for an emailed code, in a real browser with its script. */
class CodePageIT {

    private static Browser browser;

    private final Testbed testbed = Testbed.get();
    private final Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    private final Page page = browser.newPage();

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void acceptsACodePastedWithSpaces() {
        BrowserContext context = page.context();
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        typePassword();
        String code = testbed.mailbox().takeCode(person.username());
        page.evaluate(
                "text => navigator.clipboard.writeText(text)",
                " " + code.substring(0, 3) + " " + code.substring(3) + "\n");

        page.locator(Login.CODE).press("ControlOrMeta+V");
        page.locator("#kc-login").click();

        assertThat(page.locator(Login.NOT_NOW)).isVisible();
    }

    /** Otherwise a double click would show the answer to the second click. */
    @Test
    void aCodeIsSubmittedOnce() {
        typePassword();

        Assertions.assertThat(Browser.submitTwice(page, "#wise-sync-code-form")).containsExactly(true, false);
    }

    @Test
    void countsDownToANewCodeAndToTheExpiry() {
        page.clock().install();
        typePassword();
        Locator left = page.locator("#wise-sync-code-left");
        Locator resend = page.locator("#wise-sync-code-resend");

        assertThat(left).hasText(Pattern.compile("The code is valid for another (5:00|4:5\\d)\\."));
        assertThat(resend).isDisabled();
        assertThat(resend).hasText(Pattern.compile("Send a new code \\((1:00|0:5\\d)\\)"));

        page.clock().fastForward("01:01");
        assertThat(resend).isEnabled();
        assertThat(resend).hasText("Send a new code");
        assertThat(left).hasText(Pattern.compile("The code is valid for another 3:5\\d\\."));

        page.clock().fastForward("04:00");
        assertThat(left).hasText("The code has expired. Send a new one.");
        assertThat(page.locator(Login.CODE)).isVisible();
    }

    private void typePassword() {
        page.navigate(testbed.login(Application.WISE_SYNC).address());
        page.locator("input[name=username]").fill(person.username());
        page.locator(Login.PASSWORD).fill(person.password());
        page.locator("#kc-login").click();
        page.locator(Login.CODE).waitFor();
    }
}
