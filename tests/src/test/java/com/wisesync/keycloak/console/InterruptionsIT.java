package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/** Interruptions do not lose a user's input. */
class InterruptionsIT {

    private static Browser browser;
    private static Msp msp;

    private final Testbed testbed = Testbed.get();
    private final Person admin = testbed.people().create(msp.id(), "account-admin");
    private final Person person = msp.user("au");
    private Console console;

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
        msp = Msp.onAutotask();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void logIn() {
        console = Console.as(admin, browser).at("/users/" + person.id());
    }

    @AfterEach
    void closePage() {
        console.close();
    }

    /** The first response simulates a login of long ago, for which no test can wait; the login afterwards is real. */
    @Test
    void aStepUpReturnsToTheSameFormAfterOneLogin() {
        String address = "stepped-up-" + System.nanoTime() + "@test.example";
        console.page().route(url -> url.endsWith(person.id()), route -> {
            if (route.request().method().equals("PUT")) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(401)
                        .setHeaders(Map.of(
                                "WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\", max_age=900"))
                        .setContentType("application/json")
                        .setBody("{}"));
            } else {
                route.resume();
            }
        });
        console.field("First name").fill("Stepped");
        console.field("New Zealand").check();
        console.field("Email address").fill(address);
        console.button("Save").click();
        assertThat(console.dialog()).containsText("Please log in again");
        console.picture("step-up");
        console.page().unrouteAll();
        logInAgain();

        assertThat(console.field("First name")).hasValue("Stepped");
        assertThat(console.field("New Zealand")).isChecked();
        assertThat(console.field("Email address")).hasValue(address);
        assertThat(console.page()).hasURL(Pattern.compile("#/users/" + person.id() + "$"));
        console.picture("step-up-back");
        console.button("Save").click();
        assertThat(console.saved()).isVisible();
        assertThat(now().getEmail()).isEqualTo(address);
        assertThat(now().getUsername()).isEqualTo(address);
    }

    @Test
    void anEndedSessionContinuesOnTheSamePage() {
        console.field("First name").fill("Before");
        testbed.realm().users().get(admin.id()).logout();
        console.button("Save").click();
        assertThat(console.dialog()).containsText("Your session has ended");
        console.picture("session-ended");
        logInAgain();

        assertThat(console.field("First name")).hasValue("Before");
        console.button("Save").click();
        assertThat(console.saved()).isVisible();
        assertThat(now().getFirstName()).isEqualTo("Before");
    }

    @Test
    void aLostConnectionIsReportedAndLosesNoInput() {
        console.field("First name").fill("Offline");
        console.page().context().setOffline(true);
        assertThat(console.text("No connection to the server.").first()).isVisible();
        console.picture("offline");
        console.button("Save").click();
        assertThat(console.page().getByRole(AriaRole.ALERT).first()).containsText("The server cannot be reached.");

        console.page().context().setOffline(false);
        console.button("Save").click();
        assertThat(console.saved()).isVisible();
        assertThat(now().getFirstName()).isEqualTo("Offline");
    }

    @Test
    void aPageThatCannotBeLoadedIsTriedAgain() {
        try (Console other = Console.resume(console.page().context().storageState(), browser, Console.desktop())) {
            other.at("/users");
            assertThat(other.table()).isVisible();
            other.page().context().setOffline(true);
            other.link("Create new user").click();
            assertThat(other.text("This part of the console could not be loaded."))
                    .isVisible();
            other.picture("not-loaded");
            assertThat(other.button("Try again")).isVisible();
            other.page().context().setOffline(false);
            other.button("Try again").click();
            assertThat(other.field("First name")).isVisible();

            // As after a new build, whose files have other names.
            other.page().route(Pattern.compile(".*/EditUser-.*\\.js"), route -> route.fulfill(gone()));
            other.at("/users/" + person.id());
            assertThat(other.text("This part of the console could not be loaded."))
                    .isVisible();
            other.page().unrouteAll();
            other.button("Try again").click();
            assertThat(other.field("First name")).hasValue(now().getFirstName());
        }
    }

    private static Route.FulfillOptions gone() {
        return new Route.FulfillOptions().setStatus(404);
    }

    private void logInAgain() {
        testbed.mailbox().forget(admin.username());
        console.inDialog("Log in again").click();
        Page page = console.page();
        Locator username = page.locator("input[name=username]:not([type=hidden])");
        page.locator(Login.PASSWORD).waitFor();
        if (username.isVisible() && username.inputValue().isEmpty()) {
            username.fill(admin.username());
        }
        page.locator(Login.PASSWORD).fill(admin.password());
        page.locator("#kc-login").click();
        page.locator(Login.CODE).fill(testbed.mailbox().takeCode(admin.username()));
        page.locator("#kc-login").click();
    }

    private UserRepresentation now() {
        return testbed.realm().users().get(person.id()).toRepresentation();
    }
}
