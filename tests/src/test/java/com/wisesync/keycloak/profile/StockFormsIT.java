package com.wisesync.keycloak.profile;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keycloak's own forms about a user, in a real browser: the bootstrap admin's console, and the account console. */
class StockFormsIT {

    private static Browser browser;

    private final Testbed testbed = Testbed.get();
    private Page page;

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
        page = browser.newPage();
    }

    @AfterEach
    void closePage() {
        page.context().close();
    }

    @Test
    void theFormOffersTheCompaniesOfTheUsersAccount() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        openUser(user);
        Locator companies = companies();

        assertThat(companies.getByText("Acme Australia")).isVisible();
        companies.getByRole(AriaRole.BUTTON).last().click();
        assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"Acme Australia", "Acme US"});
        page.getByRole(AriaRole.OPTION, named("Acme US")).click();
        save();

        assertThat(page.getByText("The user has been saved")).isVisible();
        assertThat(testbed.realm()
                        .users()
                        .get(user.id())
                        .toRepresentation()
                        .getAttributes()
                        .get("companies"))
                .containsExactlyInAnyOrder("acme-au", "acme-us");
    }

    @Test
    void theFormShowsErrorsAsText() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        openUser(user);

        page.locator("#username").fill("bob");
        save();

        assertThat(page.getByText("The username must be an email address.").first())
                .isVisible();
    }

    @Test
    void theAccountConsoleShowsTheCompaniesReadOnly() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        page.navigate(testbed.server().realmUrl() + "/account/");
        new BrowserLogin(page, testbed.mailbox()).as(user);

        assertThat(page.getByText("Acme Australia")).isVisible();
        assertThat(page.locator("#companies")).hasClass(Pattern.compile("pf-m-disabled"));
        assertThat(page.locator("#username")).not().isEditable();
    }

    private void openUser(Person user) {
        page.navigate(testbed.server().url() + "/admin/master/console/#/" + Server.REALM + "/users/" + user.id()
                + "/settings");
        page.locator("input[name=username]").fill(Server.ADMIN);
        page.locator(Login.PASSWORD).fill(Server.ADMIN);
        page.locator("#kc-login").click();
    }

    /** The field with its label. */
    private Locator companies() {
        return page.locator(".pf-v5-c-form__group").filter(new Locator.FilterOptions().setHasText("Companies"));
    }

    private void save() {
        page.getByRole(AriaRole.BUTTON, named("Save")).first().click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
