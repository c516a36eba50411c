package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.simulator.Link;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.UserRepresentation;

/** Disabling a user: the dialog lists what stops, the page shows the result. */
class DisableIT {

    private static Browser browser;
    private static Msp msp;
    private static String session;

    private final Testbed testbed = Testbed.get();
    private final Person person = msp.user("au");
    private Console console;

    @BeforeAll
    static void logIn() {
        browser = Browser.launch();
        msp = Msp.onAutotask();
        session = Console.session(msp.admin(), browser);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void open() {
        console = Console.resume(session, browser, Console.desktop());
        testbed.wisePay().addOneOfEach(person.id());
        testbed.wisePay().add(Link.proxy("second-" + person.id(), person.id(), "Second proxy"));
    }

    @AfterEach
    void closePage() {
        console.close();
    }

    @Test
    void listsTheLinksByKindAndNeedsAConfirmation() {
        console.at("/users/" + person.id());
        console.button("Disable account").click();

        Locator dialog = console.dialog();
        for (String message : List.of(
                "4 Wise-Pay links will stop working",
                "2 proxies",
                "Second proxy (Xero)",
                "Your customers will no longer be able to use these proxies.",
                "1 PayNow link",
                "Your customers will no longer be able to pay with this PayNow link.",
                "1 email link",
                "Your customers will no longer be able to use this email link.",
                "They cannot be reactivated: new links have to be configured.")) {
            assertThat(dialog).containsText(message);
        }
        console.picture("disable");
        assertThat(console.inDialog("Disable account")).hasAttribute("aria-disabled", "true");
        assertThat(enabled()).isTrue();
        dialog.getByRole(AriaRole.CHECKBOX).check();
        console.inDialog("Disable account").click();

        assertThat(console.page().getByText(Pattern.compile("Wise-Pay deactivated 4 links on .+ \\d+:\\d\\d")))
                .isVisible();
        assertThat(console.text("Second proxy")).isVisible();
        assertThat(enabled()).isFalse();
        console.picture("disabled");

        console.button("Enable account").click();
        assertThat(console.dialog())
                .containsText("Deactivated Wise-Pay links stay inactive; new ones have to be configured.");
        console.inDialog("Enable account").click();
        assertThat(console.button("Disable account")).isVisible();
        assertThat(enabled()).isTrue();
        assertThat(testbed.wisePay().linksOf(person.id())).noneMatch(Link::active);
    }

    @Test
    void worksWithoutWisePayAndShowsTheStateWithoutAReload() {
        console.at("/users/" + person.id());
        assertThat(console.button("Disable account")).isVisible();
        testbed.wisePay().failNextReads(person.id(), 4, 503);
        testbed.wisePay().failNext(person.id(), 3, 503, Map.of());
        console.button("Disable account").click();
        assertThat(console.dialog()).containsText("Wise-Pay cannot be reached");
        console.picture("disable-unreachable");
        console.dialog().getByRole(AriaRole.CHECKBOX).check();
        console.inDialog("Disable account").click();

        assertThat(console.page().getByText(Pattern.compile("Waiting, \\d attempts? so far")))
                .isVisible();
        assertThat(console.page().getByText(Pattern.compile("Wise-Pay deactivated 4 links on .+ \\d+:\\d\\d")))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
    }

    @Test
    void showsThatWisePayRejectedTheNotification() {
        console.at("/users/" + person.id());
        console.button("Disable account").click();
        assertThat(console.dialog()).containsText("Second proxy");
        console.dialog().getByRole(AriaRole.CHECKBOX).check();
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        console.inDialog("Disable account").click();

        assertThat(console.page().getByText(Pattern.compile("Failed on .+ \\d+:\\d\\d")))
                .isVisible();
        assertThat(console.text("links may still be active")).isVisible();
    }

    @Test
    void disablesManyAtOnceAfterListingTheirLinks() {
        Person other = msp.user("au");
        console.at("/users?max=100");
        for (Person each : List.of(person, other)) {
            console.table()
                    .locator("tbody tr")
                    .filter(new Locator.FilterOptions().setHasText(each.username()))
                    .getByRole(AriaRole.CHECKBOX)
                    .check();
        }
        console.button("Disable").click();
        assertThat(console.dialog()).containsText("4 Wise-Pay links will stop working");
        assertThat(console.dialog()).containsText("Proxy: Second proxy (Xero)");
        console.picture("disable-many");
        console.dialog().getByRole(AriaRole.CHECKBOX).check();
        console.inDialog("Disable 2 user accounts").click();

        assertThat(console.text("2 user accounts were disabled")).isVisible();
        assertThat(enabled()).isFalse();
        assertThat(testbed.realm().users().get(other.id()).toRepresentation().isEnabled())
                .isFalse();
    }

    /** The longest name on a small phone: the title takes three lines, and what is pressed next stays in sight. */
    @Test
    void aLongNameLeavesTheButtonsInSight() {
        String longest = "Maximiliana-".repeat(22).substring(0, 255);
        UserResource user = testbed.realm().users().get(person.id());
        UserRepresentation named = user.toRepresentation();
        named.setFirstName(longest);
        named.setLastName(longest);
        user.update(named);
        NewContextOptions lowPhone = new NewContextOptions().setLocale("en-US").setViewportSize(360, 620);
        try (Console phone = Console.resume(session, browser, lowPhone)) {
            phone.at("/users/" + person.id());
            phone.button("Disable account").click();
            assertThat(phone.dialog()).containsText("4 Wise-Pay links will stop working");
            phone.picture("disable-long-name");

            Locator title = phone.dialog().locator(".wise-sync-title");
            assertThat(title).hasAttribute("title", Pattern.compile(".*" + longest + ".*"));
            double lines = (double) title.evaluate(
                    "title => title.offsetHeight / parseFloat(getComputedStyle(title).lineHeight) + 0.01");
            assertThat(lines).isBetween(2.9, 3.1);
            for (Locator control : List.of(
                    phone.inDialog("Disable account"),
                    phone.inDialog("Cancel"),
                    phone.dialog().getByRole(AriaRole.CHECKBOX))) {
                assertThat(control).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
            }
        }
    }

    private boolean enabled() {
        return testbed.realm().users().get(person.id()).toRepresentation().isEnabled();
    }
}
