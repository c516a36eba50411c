package com.wisesync.keycloak.testing;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;

/** Logs users in on Keycloak's pages in a real browser. */
public final class BrowserLogin {

    private static final String NOT_NOW = "button[name=not-now]";

    private final Page page;
    private final Mailbox mailbox;

    public BrowserLogin(Page page, Mailbox mailbox) {
        this.page = page;
        this.mailbox = mailbox;
    }

    /**
     * From the page that asks for username and password to the end: emailed code, and "Not now" if an app is offered.
     */
    public void as(Person person) {
        mailbox.forget(person.username());
        page.locator("input[name=username]").fill(person.username());
        page.locator(Login.PASSWORD).fill(person.password());
        page.locator("#kc-login").click();
        enterCode(person.username());
    }

    /** From the page that asks for the emailed code to the end. */
    public void enterCode(String username) {
        Locator code = page.locator(Login.CODE);
        code.waitFor();
        code.fill(mailbox.takeCode(username));
        page.locator("#kc-login").click();
        // After "Not now", the app is not offered again for a while.
        Locator notNow = page.locator(NOT_NOW);
        page.waitForCondition(() -> notNow.isVisible() || !page.url().contains("/login-actions/"));
        if (notNow.isVisible()) {
            notNow.click();
        }
    }

    /** Logs in to an application that does not run; returns the address of the final redirect. */
    public URI redirectedAs(Person person, Application application) {
        // Read when the request is sent, because no server answers it.
        Response response =
                page.waitForResponse(answer -> location(answer).startsWith(application.redirect()), () -> as(person));
        return URI.create(location(response));
    }

    private static String location(Response response) {
        return response.headers().getOrDefault("location", "");
    }
}
