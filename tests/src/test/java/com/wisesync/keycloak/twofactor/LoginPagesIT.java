package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Axe;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Every page of a login: axe finds no violation, no page is wider than the screen or says something twice, no paragraph touches the
 * next one, and every text is translated.
 */
class LoginPagesIT {

    /** A screen: theme, language and size. */
    enum Screen {
        LIGHT(new NewContextOptions().setLocale("en-US").setViewportSize(1280, 800)),
        DARK_PHONE_IN_GERMAN(new NewContextOptions()
                .setLocale("de-DE")
                .setViewportSize(360, 740)
                .setColorScheme(ColorScheme.DARK));

        @SuppressWarnings("ImmutableEnumChecker") // It is not changed afterwards.
        private final NewContextOptions options;

        Screen(NewContextOptions options) {
            this.options = options;
        }
    }

    private static final Path SCREENSHOTS = SourceTree.target().resolve("screenshots");
    private static final String CONTINUE = "#kc-login";
    private static final int MOST_WRONG_CODES = 8;
    private static final String PASSWORD_FORM = "#kc-form-login";
    private static final Pattern MESSAGE_KEY =
            Pattern.compile("\\b(wiseSync\\w+|[a-z]+[A-Z]\\w*(Message|Title|Text))\\b");

    /** Whether less than half a line is between two paragraphs of the card. */
    private static final String TOUCHING_PARAGRAPHS = """
            () => [...document.querySelectorAll('#kc-content p + p')].some(paragraph => {
              const above = paragraph.previousElementSibling.getBoundingClientRect();
              const below = paragraph.getBoundingClientRect();
              return above.height > 0 && below.height > 0 && below.top >= above.top && below.top - above.bottom < 8;
            })""";

    /** What a page says twice: its heading as a paragraph, or the username in a field and in a text. */
    private static final String SAID_TWICE = """
            () => {
              const plain = element => element.innerText.trim().replace(/\\.$/, '');
              const heading = plain(document.querySelector('h1'));
              const field = document.querySelector('#kc-attempted-username');
              const twice = [...document.querySelectorAll('main p')].map(plain).filter(text => text === heading);
              return field?.offsetParent && document.querySelector('main').innerText.includes(field.value)
                ? [...twice, field.value] : twice;
            }""";

    private static Browser browser;

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();
    private final Api service = testbed.serviceApi();
    private final List<String> complaints = new ArrayList<>();
    private Screen screen;
    private Page page;

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @ParameterizedTest
    @EnumSource
    void theLoginPagesHaveNoProblems(Screen screen) {
        on(screen, () -> {
            Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            beforeTheLogin();
            List<String> recoveryCodes = firstLogin(person);
            loginWithApp(person, recoveryCodes);
            changes(person);
            logout();
            refusal(person);
        });
    }

    @ParameterizedTest
    @EnumSource
    void thePagesForAPasskeyHaveNoProblems(Screen screen) {
        on(screen, () -> {
            Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
            SimulatedPasskey.addTo(page);
            page.navigate(login().address());
            password(person);
            page.locator(Login.CODE).fill(testbed.mailbox().takeCode(person.username()));
            page.locator(CONTINUE).click();
            toApplication(page.locator("#wise-sync-not-now"));
            action("webauthn-register", "passkey-setup", "#wise-sync-passkey-help");
            page.onceDialog(name -> name.accept("My key"));
            page.locator("#registerWebAuthn").click();
            look("passkey-recovery-codes", "#kc-recovery-codes-list");
            toApplication(page.locator(AuthenticatorApp.NO_RECOVERY_CODES));
            page.context().clearCookies();
            loginWithPasskey(person);
        });
    }

    /** Its heading does not ask for a code, and no new one is offered. */
    @ParameterizedTest
    @EnumSource
    void thePageAfterTooManyWrongCodesHasNoProblems(Screen screen) {
        on(screen, () -> {
            page.navigate(login().address());
            password(testbed.people().create(DemoAccounts.ACME, "user", "acme-au"));
            page.locator(Login.CODE).waitFor();
            String asking = page.locator("#kc-page-title").innerText();
            for (int i = 0; i < MOST_WRONG_CODES && page.locator(Login.CODE).isVisible(); i++) {
                page.locator(Login.CODE).fill("000000");
                page.waitForResponse(answer -> answer.request().method().equals("POST"), page.locator(CONTINUE)::click);
                page.waitForLoadState(LoadState.LOAD);
            }
            look("code-locked", "#wise-sync-wait-until:visible");
            assertThat(page.locator("#kc-page-title").innerText()).isNotEqualTo(asking);
            assertThat(page.locator("#wise-sync-code-resend").count()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void thePagesOfLinksHaveNoProblems(Screen screen) {
        on(screen, this::links);
    }

    private void on(Screen onScreen, Runnable walk) {
        screen = onScreen;
        try (BrowserContext context = browser.newContext(screen.options)) {
            page = context.newPage();
            walk.run();
        }
        assertThat(complaints).isEmpty();
    }

    private void beforeTheLogin() {
        page.navigate(login().address());
        look("login", PASSWORD_FORM);
        page.locator("input[name=username]").fill("unknown@test.example");
        page.locator(Login.PASSWORD).fill("wrong");
        page.locator(CONTINUE).click();
        look("login-wrong", PASSWORD_FORM + " [aria-invalid=true]");
        page.locator("a[href*=reset-credentials]").click();
        look("forgot-password", "#kc-reset-password-form");
        page.locator("#username").fill("");
        page.locator("#kc-form-buttons").click();
        look("forgot-password-empty", "#username[aria-invalid=true]");
        page.locator("#username").fill("unknown@test.example");
        page.locator("#kc-form-buttons").click();
        look("forgot-password-sent", PASSWORD_FORM);
        page.navigate(server.realmUrl() + "/device");
        look("device", "#kc-user-verify-device-user-code-form");
        page.navigate(login().address("redirect_uri", "https://elsewhere.example/"));
        look("error", "#kc-error-message");
    }

    /** The first login, up to the enrolled app; returns its recovery codes. */
    private List<String> firstLogin(Person person) {
        testbed.mailbox().forget(person.username());
        page.navigate(login().address());
        password(person);
        look("code", "#wise-sync-code-form");
        page.locator(Login.CODE).fill("000000");
        page.locator(CONTINUE).click();
        look("code-wrong", "#wise-sync-code-form [aria-invalid=true]");
        page.locator(Login.CODE).fill(testbed.mailbox().takeCode(person.username()));
        page.locator(CONTINUE).click();
        look("offer", "#wise-sync-offer-form");
        page.locator("#wise-sync-set-up").click();
        look("app-setup", "#kc-totp-settings-form");
        page.locator("#mode-manual").click();
        look("app-setup-by-hand", "#kc-totp-secret-key");
        page.locator("#saveTOTPBtn").click();
        look("app-setup-wrong", "#totp[aria-invalid=true]");
        String secret = page.locator("#totpSecret").inputValue();
        page.locator("#totp").fill(new AuthenticatorApp("", secret).at(Instant.now()));
        page.locator("#userLabel").fill("phone");
        page.locator("#saveTOTPBtn").click();
        look("recovery-codes", "#kc-recovery-codes-list");
        List<String> codes = page.locator("#kc-recovery-codes-list li").allInnerTexts();
        page.locator("#kcRecoveryCodesConfirmationCheck").check();
        toApplication(page.locator("#saveRecoveryAuthnCodesBtn"));
        return codes;
    }

    private void loginWithApp(Person person, List<String> recoveryCodes) {
        page.navigate(login().address("prompt", "login"));
        look("log-in-again", "#kc-attempted-username");
        page.locator(Login.PASSWORD).fill("wrong");
        page.locator(CONTINUE).click();
        look("log-in-again-wrong", "#password[aria-invalid=true]");
        page.locator(Login.PASSWORD).fill(person.password());
        page.locator(CONTINUE).click();
        look("app-code", "#kc-otp-login-form");
        page.locator("#otp").fill("000000");
        page.locator(CONTINUE).click();
        look("app-code-wrong", "#otp[aria-invalid=true]");
        page.locator("#wise-sync-lost-device").click();
        look("lost-device", "#wise-sync-lost-device-help");
        page.locator("#try-another-way").click();
        look("methods", "#kc-select-credential-form");
        // By keyboard, which must work for every choice.
        page.locator("[role=button]:has(h2)").last().press("Enter");
        look("recovery-code", "#kc-recovery-code-login-form");
        page.locator("#recoveryCodeInput").fill("wrong");
        page.locator(CONTINUE).click();
        look("recovery-code-wrong", "#recoveryCodeInput[aria-invalid=true]");
        page.locator("#recoveryCodeInput").fill(recoveryCodes.get(0));
        toApplication(page.locator(CONTINUE));
    }

    private void changes(Person person) {
        action("UPDATE_PASSWORD", "update-password", "#kc-passwd-update-form");
        assertThat(page.locator("[name=logout-sessions]").isVisible())
                .as("a new password ends all other sessions")
                .isFalse();
        page.locator("#kc-submit").click();
        look("update-password-empty", "#password-new[aria-invalid=true]");
        action("UPDATE_PROFILE", "update-profile", "#kc-update-profile-form");
        page.locator("#firstName").fill("x".repeat(256));
        page.locator("#kc-update-profile-form [type=submit]").first().click();
        look("update-profile-wrong", "#firstName[aria-invalid=true]");
        page.locator("#firstName").fill("");
        page.locator("#lastName").fill("");
        page.locator("#kc-update-profile-form [type=submit]").first().click();
        look("update-profile-no-name", "#firstName[aria-invalid=true]");
        action("delete_credential:" + credential(person, "otp"), "delete-credential", "#kc-delete-text");
        action("UPDATE_EMAIL", "update-email", "#kc-update-email-form");
        page.locator("#email").fill(UUID.randomUUID() + "@test.example");
        page.locator("#kc-submit").click();
        look("update-email-sent", "#kc-info-message");
        // The address is not verified, so Keycloak would ask for it at the next login.
        UserResource user = testbed.realm().users().get(person.id());
        UserRepresentation changed = user.toRepresentation();
        changed.setRequiredActions(List.of());
        user.update(changed);
    }

    private void logout() {
        page.navigate(server.realmUrl() + "/protocol/openid-connect/logout");
        look("logout", "#kc-logout-confirm");
        page.locator("#kc-logout").click();
        look("logged-out", "#kc-info-message a");
    }

    private void loginWithPasskey(Person person) {
        page.navigate(login().address());
        String earlier = page.locator(PASSWORD_FORM).getAttribute("action");
        password(person);
        page.locator("#authenticateWebAuthnButton, #try-another-way").first().waitFor();
        if (page.locator("#authenticateWebAuthnButton").count() == 0) {
            page.locator("#try-another-way").click();
            page.locator("[role=button]:has-text('passkey')").first().click();
        }
        look("passkey", "#authenticateWebAuthnButton");
        page.locator("#wise-sync-lost-device").click();
        look("passkey-lost-device", "#wise-sync-lost-device-help");
        page.navigate(earlier);
        look("page-expired", "#kc-page-title");
    }

    private void refusal(Person person) {
        page.navigate(new Login(server, Application.WISE_PAY).address("prompt", "login"));
        password(person);
        look("no-entry", "#wise-sync-no-entry");
    }

    private void links() {
        // First, because a link sent in the same second in which a password was set is outdated.
        Person other = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Person third = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String users = "/accounts/" + DemoAccounts.ACME + "/users";
        String address = UUID.randomUUID() + "@test.example";
        Map<String, Object> body = UserBody.named("New", "Comer", UserBody.newUser("user", address, "acme-au"));
        String user = users + "/" + service.post(users, body).createdId();
        String invitation = link(address);
        page.navigate(invitation);
        look("invitation", "#wise-sync-link-form");
        page.locator("#wise-sync-link-save").click();
        look("invitation-empty", "#wise-sync-link-form");
        service.delete(user + "/invitation");
        page.navigate(invitation);
        look("invitation-revoked", "#wise-sync-link-problem");
        page.navigate(server.realmUrl() + "/login-actions/action-token?key=broken");
        look("link-broken", "#kc-error-message");
        service.post(users + "/" + other.id() + "/reset-password", null);
        page.navigate(link(other.username()));
        look("password-link", "#wise-sync-link-form");
        page.locator("#password-new").fill("another one");
        page.locator("#password-confirm").fill("another one");
        page.locator("#wise-sync-link-save").click();
        look("password-link-done", "#wise-sync-link-done");
        testbed.realm().users().get(third.id()).executeActionsEmail(List.of("UPDATE_PROFILE"));
        page.navigate(link(third.username()));
        look("link-confirm", "#wise-sync-link-confirm");
    }

    private Login login() {
        return testbed.login(Application.WISE_SYNC);
    }

    private void password(Person person) {
        if (page.locator("input[name=username]").count() > 0) {
            page.locator("input[name=username]").fill(person.username());
        }
        page.locator(Login.PASSWORD).fill(person.password());
        page.locator(CONTINUE).click();
    }

    private void action(String action, String name, String expected) {
        page.navigate(login().address("kc_action", action));
        look(name, expected);
    }

    /** Presses the button that ends the login; no server listens at the application's address. */
    private void toApplication(Locator button) {
        page.waitForResponse(
                answer -> answer.headers().getOrDefault("location", "").startsWith(Application.WISE_SYNC.redirect()),
                button::click);
        page.waitForCondition(() -> page.url().startsWith("chrome-error:"));
    }

    private String credential(Person person, String type) {
        return testbed.realm().users().get(person.id()).credentials().stream()
                .filter(credential -> credential.getType().equals(type))
                .map(CredentialRepresentation::getId)
                .findFirst()
                .orElseThrow();
    }

    private String link(String address) {
        return testbed.mailbox().take(address).link().orElseThrow();
    }

    private void look(String name, String expected) {
        page.locator(expected).first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        page.waitForLoadState(LoadState.LOAD);
        String picture = "login-%s-%s.png".formatted(screen.name().toLowerCase(Locale.ROOT), name);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(picture))
                .setFullPage(true));
        Axe.violations(page).forEach(violation -> complain(name, violation));
        if ((boolean) page.evaluate("() => document.documentElement.scrollWidth > innerWidth")) {
            complain(name, "wider than the screen");
        }
        if ((boolean) page.evaluate(TOUCHING_PARAGRAPHS)) {
            complain(name, "paragraphs without space between them");
        }
        ((List<?>) page.evaluate(SAID_TWICE)).forEach(text -> complain(name, "says twice: " + text));
        MESSAGE_KEY
                .matcher(page.locator("body").innerText())
                .results()
                .forEach(key -> complain(name, "no text for " + key.group()));
    }

    private void complain(String name, String about) {
        complaints.add(screen + " " + name + ": " + about);
    }
}
