package com.wisesync.keycloak.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Axe;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The console in a browser, with helpers for tests. */
final class Console implements AutoCloseable {

    private static final Path SCREENSHOTS = SourceTree.target().resolve("screenshots");

    private final Testbed testbed;
    private final Page page;

    Console(Testbed testbed, Page page) {
        this.testbed = testbed;
        this.page = page;
    }

    /** Logs in and waits for the start page. */
    static Console as(Person person, Browser browser) {
        Testbed testbed = Testbed.get();
        return new Console(testbed, browser.newPage()).openAs(person);
    }

    /** The browser storage of a logged in user, for {@link #resume}: logging in takes long. */
    static String session(Person person, Browser browser) {
        try (Console console = as(person, browser)) {
            return console.page.context().storageState();
        }
    }

    /** A separate browser context that is already logged in. */
    static Console resume(String session, Browser browser, NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setStorageState(session));
        return new Console(Testbed.get(), context.newPage());
    }

    static NewContextOptions desktop() {
        return new NewContextOptions().setLocale("en-US").setViewportSize(1280, 800);
    }

    Page page() {
        return page;
    }

    Console openAs(Person person) {
        page.navigate(address(""));
        new BrowserLogin(page, testbed.mailbox()).as(person);
        page.locator(".pf-v5-c-masthead, h1").first().waitFor();
        return this;
    }

    Console at(String place) {
        page.navigate(address("#" + place));
        return this;
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, named(name));
    }

    Locator field(String label) {
        // The star of a required field is part of its label.
        return page.getByLabel(Pattern.compile("^" + label.replace(".", "\\.") + "\\s*\\*?$"));
    }

    Locator text(String text) {
        return page.getByText(text).first();
    }

    /** The message after saving. Found by its close button, because other texts of the pages contain the word too. */
    Locator saved() {
        return button("Close: Saved").first();
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    Locator inDialog(String button) {
        return dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true));
    }

    Locator table() {
        return page.getByRole(AriaRole.GRID);
    }

    /** The description of a field, which contains its error. */
    String described(Locator field) {
        return (String) field.evaluate("field => (field.getAttribute('aria-describedby') ?? '').split(' ')"
                + ".map(id => document.getElementById(id)?.textContent ?? '').join(' ')");
    }

    boolean focused(Locator element) {
        return (boolean) element.evaluate("element => element === document.activeElement");
    }

    /** Takes a screenshot, to be viewed after the test. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** Changes the responses of the API to a call, for states that take long to reach. */
    void changing(Pattern address, Consumer<ObjectNode> change) {
        page.route(address, route -> {
            APIResponse response = route.fetch();
            try {
                ObjectNode body = (ObjectNode) new ObjectMapper().readTree(response.body());
                change.accept(body);
                route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(body.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The violations that axe finds on the page. */
    List<String> accessibilityViolations() {
        return Axe.violations(page);
    }

    String address(String hash) {
        return testbed.server().url() + "/admin/wise-sync/console/" + hash;
    }

    @Override
    public void close() {
        page.context().close();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
