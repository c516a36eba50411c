package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/** The console of an account-admin, in a real browser on a real server. */
class ConsoleIT {

    /** Fills every input as soon as it appears, like a password manager, and fires the usual events. */
    private static final String PASSWORD_MANAGER = """
            new MutationObserver(() => document.querySelectorAll("#app input").forEach((input) => {
              if (["checkbox", "radio", "file"].includes(input.type) || input.dataset.filled) return;
              input.dataset.filled = "true";
              Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, "filled@manager.example");
              input.dispatchEvent(new Event("input", { bubbles: true }));
              input.dispatchEvent(new Event("change", { bubbles: true }));
            })).observe(document, { childList: true, subtree: true });
            """;

    private static Browser browser;

    private final Testbed testbed = Testbed.get();
    private Console console;

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void newPage() {
        console = new Console(testbed, browser.newPage());
    }

    @AfterEach
    void closePage() {
        console.close();
    }

    @Test
    void namesAContactToUsersWithoutPermission() {
        // A separate account: the page lists ten users, and other tests create admins of Acme.
        String account = testbed.people().account("autotask", "one");
        Person admin = testbed.people().create(account, "account-admin");

        console.openAs(testbed.people().create(account, "merchant-user"));

        assertThat(console.page().getByRole(AriaRole.HEADING)).containsText("permission to maintain users");
        assertThat(console.page().getByText(admin.username())).isVisible();
        assertThat(console.text("Contact your account administrator.")).isVisible();
        assertThat(console.page().getByRole(AriaRole.NAVIGATION)).hasCount(0);
        console.at("/users");
        assertThat(console.page()).hasURL(Pattern.compile("#/$"));
    }

    @Test
    void sendsNothingThatAPasswordManagerFilledIn() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        List<String> sent = new ArrayList<>();
        console.page().addInitScript(PASSWORD_MANAGER);
        console.page().onRequest(request -> sent.add(bodyOf(request)));
        console.openAs(accountAdmin()).at("/users/" + person.id());
        assertThat(console.page().locator("#app input[type=password]")).hasCount(0);

        Locator firstName = console.page().getByLabel("First name");
        firstName.fill("Typed");
        console.button("Save").click();

        assertThat(console.saved()).isVisible();
        console.button("Update password").click();
        assertThat(console.page().locator("input[data-filled][type=password]")).hasCount(2);
        console.button("Save password").click();
        assertThat(console.text("Passwords must be at least 6 characters long")).isVisible();
        assertThat(String.join("\n", sent)).contains("Typed").doesNotContain("filled@manager.example");
        UserRepresentation now = testbed.realm().users().get(person.id()).toRepresentation();
        assertThat(now.getFirstName()).isEqualTo("Typed");
        assertThat(now.getEmail()).isEqualTo(person.username());
        assertThat(now.getUsername()).isEqualTo(person.username());
    }

    /** Keycloak allows no such characters in a person's name; a company's name comes from an accounting package. */
    @Test
    void showsTypedMarkupAsText() {
        String name = "<img src=x onerror=document.title='run'>{{7*7}}'\"`${x}&amp;";
        String account = testbed.people().account("autotask", "odd");
        assertThat(testbed.serviceApi()
                        .put("/accounts/" + account + "/companies/odd", Map.of("name", name, "package", "xero"))
                        .status())
                .isEqualTo(200);

        console.openAs(testbed.people().create(account, "account-admin")).at("/users/new");
        console.page()
                .getByLabel("user", new Page.GetByLabelOptions().setExact(true))
                .check();

        assertThat(console.page().getByText(name)).isVisible();
        assertThat(console.page().locator("img[src=x]")).hasCount(0);
    }

    @Test
    void createsAUserAndShowsErrorsAtTheFields() {
        String address = "created-" + System.nanoTime() + "@test.example";
        console.openAs(accountAdmin()).at("/users/new");
        console.button("Save").click();
        assertThat(console.page().getByText("Select a role")).isVisible();

        console.page()
                .getByLabel("user", new Page.GetByLabelOptions().setExact(true))
                .check();
        console.page().getByLabel("Acme Australia").check();
        console.page().getByLabel("First name").fill("New");
        console.page().getByLabel("Last name").fill("Comer");
        console.page().getByLabel("Email address").fill(address);
        assertThat(console.page().getByLabel("Username")).hasValue(address);
        console.button("Save").click();

        assertThat(console.page().getByRole(AriaRole.GRID)).isVisible();
        assertThat(testbed.realm().users().searchByUsername(address, true)).hasSize(1);
    }

    @Test
    void opensKeycloaksOwnConsoleForUsersWithItsRoles() {
        Person person = testbed.people().create(null, null);
        testbed.people().grant(person.id(), "realm-management", "realm-admin");
        List<String> complaints = new ArrayList<>();
        console.page().onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });

        console.openAs(person);

        assertThat(console.link("Realm settings")).isVisible();
        assertThat(complaints).isEmpty();
        console.picture("stock");
    }

    private Person accountAdmin() {
        return testbed.people().create(DemoAccounts.ACME, "account-admin");
    }

    private static String bodyOf(Request request) {
        boolean isOurs = request.url().contains("/wise-sync/wise-sync/") && request.postData() != null;
        return isOurs ? request.postData() : "";
    }
}
