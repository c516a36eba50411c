package com.wisesync.keycloak.slice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.UserRepresentation;

/** The main scenario from end to end, in a real browser. */
class MainScenarioIT {

    private static final Person NORA = new Person("", "nora@acme.example", "nora-knows-it");
    private static final Path SCREENSHOT = SourceTree.target().resolve("screenshots/users.png");

    private final Testbed testbed = Testbed.get();
    private Browser browser;

    @BeforeEach
    void launch() {
        browser = Browser.launch();
    }

    @AfterEach
    void close() {
        browser.screenshots("slice");
        browser.close();
    }

    @Test
    void anAdminCreatesAUserWhoLogsInAndDisablesAnotherWhoseLinksEnd() {
        Person ivan = testbed.people().createNamed("ivan@acme.example", DemoAccounts.ACME, "user", "acme-us");
        named("Ivan", "Ito", ivan);
        testbed.wisePay().addOneOfEach(ivan.id());
        Page console = browser.newPage();

        console.navigate(testbed.server().url() + Application.CONSOLE.redirect());
        new BrowserLogin(console, testbed.mailbox()).as(Person.ADA);
        seesTheUsersOfHerAccountAndOfNoOther(console);

        createsNora(console);
        assertThat(claimsOf(NORA)).satisfies(MainScenarioIT::sayWhoNoraIs);

        disables(console, ivan);
        assertThat(console.getByText("Wise-Pay deactivated 3 links").first()).isVisible();
        seesInactiveLinksAtWisePay(ivan);
        takesAScreenshot(console);
    }

    private static void seesTheUsersOfHerAccountAndOfNoOther(Page console) {
        // Users of other tests may fill more than a page.
        search(console, "uma@");
        assertThat(console.getByRole(AriaRole.LINK, exactly(Person.UMA.username())))
                .isVisible();
        search(console, "gus");
        assertThat(console.getByText("No users found")).isVisible();
        search(console, "acme.example");
        assertThat(console.getByRole(AriaRole.LINK, exactly(Person.ADA.username())))
                .isVisible();
    }

    private void named(String firstName, String lastName, Person person) {
        UserResource resource = testbed.realm().users().get(person.id());
        UserRepresentation user = resource.toRepresentation();
        user.setFirstName(firstName);
        user.setLastName(lastName);
        resource.update(user);
    }

    private static void createsNora(Page console) {
        console.getByRole(AriaRole.LINK, exactly("Create new user")).click();
        console.locator("#role-user").check();
        console.locator("#companies-acme-au").check();
        console.locator("#firstName").fill("Nora");
        console.locator("#lastName").fill("Nielsen");
        console.locator("#email").fill(NORA.username());
        assertThat(console.locator("#username")).hasValue(NORA.username());
        console.locator("#by-hand").check();
        console.locator("#password").fill(NORA.password());
        console.locator("#confirmation").fill(NORA.password());
        console.getByRole(AriaRole.BUTTON, exactly("Save")).click();
        assertThat(console.getByText(NORA.username() + " was created")).isVisible();
        search(console, "acme.example");
        assertThat(console.getByRole(AriaRole.LINK, exactly(NORA.username()))).isVisible();
    }

    private Tokens claimsOf(Person person) {
        Login login = testbed.login(Application.WISE_SYNC);
        Page application = browser.newPage();
        application.navigate(login.address());
        return login.tokens(
                new BrowserLogin(application, testbed.mailbox()).redirectedAs(person, Application.WISE_SYNC));
    }

    private static void sayWhoNoraIs(Tokens tokens) {
        for (JsonNode claims : List.of(tokens.accessClaims(), tokens.idClaims())) {
            assertThat(claims.at("/account/id").asText()).isEqualTo(DemoAccounts.ACME);
            assertThat(claims.at("/account/name").asText()).isEqualTo("Acme MSP");
            assertThat(claims.path("account_role").asText()).isEqualTo("user");
            assertThat(claims.path("company_access").asText()).isEqualTo("listed");
            assertThat(claims.path("companies")).extracting(JsonNode::asText).containsExactly("acme-au");
        }
    }

    private static void disables(Page console, Person person) {
        console.getByRole(AriaRole.LINK, exactly(person.username())).click();
        console.getByRole(AriaRole.BUTTON, exactly("Disable account")).click();
        Locator question = console.getByRole(AriaRole.DIALOG);
        assertThat(question).containsText("3 Wise-Pay links will stop working");
        question.locator("#understood").check();
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disable account"))
                .click();
        assertThat(question).isHidden();
    }

    private void seesInactiveLinksAtWisePay(Person person) {
        Page wisePay = browser.newPage();
        wisePay.navigate("http://localhost:" + testbed.wisePay().port());
        Locator links = wisePay.locator("tr[data-link*='%s']".formatted(person.id()));
        assertThat(links).hasCount(3);
        for (Locator link : links.all()) {
            assertThat(link).hasClass("inactive");
        }
    }

    private static void takesAScreenshot(Page console) {
        console.getByRole(AriaRole.LINK, exactly("Users")).first().click();
        search(console, "acme.example");
        assertThat(console.getByRole(AriaRole.LINK, exactly(NORA.username()))).isVisible();
        Locator messages = console.locator(".pf-v5-c-alert-group button");
        while (messages.count() > 0) {
            messages.first().click();
        }
        console.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOT));
    }

    private static void search(Page console, String text) {
        Locator field = console.getByPlaceholder("Search name, username or email");
        field.fill(text);
        field.press("Enter");
    }

    private static GetByRoleOptions exactly(String name) {
        return new GetByRoleOptions().setName(name).setExact(true);
    }
}
