package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An account-admin who uses only the keyboard. */
class KeyboardIT {

    private static final int MOST_TABS = 60;

    private static Browser browser;
    private static Msp msp;
    private static String session;

    private final Testbed testbed = Testbed.get();

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

    @Test
    void createsAndDisablesAUser() {
        String address = "keyboard-" + System.nanoTime() + "@test.example";
        try (Console console = Console.resume(session, browser, Console.desktop())) {
            console.at("/users");
            assertThat(console.table()).isVisible();
            press(console, console.link("Create new user"), "Enter");
            tabTo(console, console.field("account-admin"));
            console.page().keyboard().press("ArrowDown");
            assertThat(console.field("user")).isChecked();
            press(console, console.field("New Zealand"), "Space");
            type(console, "First name", "Key");
            type(console, "Last name", "Board");
            type(console, "Email address", address);
            press(console, console.button("Save"), "Enter");

            assertThat(console.link(address)).isVisible();
            press(console, console.link(address), "Enter");
            assertThat(console.button("Disable account")).isVisible();
            press(console, console.button("Disable account"), "Enter");
            assertThat(console.inDialog("Disable account")).hasAttribute("aria-disabled", "false");
            press(console, console.inDialog("Disable account"), "Enter");
            assertThat(console.button("Enable account")).isVisible();
        }
        List<String> found = testbed.realm().users().searchByUsername(address, true).stream()
                .filter(user -> !user.isEnabled())
                .map(user -> user.getFirstName())
                .toList();
        assertThat(found).containsExactly("Key");
    }

    @Test
    void skipsToTheContentAndLeavesADialogWithEscape() {
        try (Console console = Console.resume(session, browser, Console.desktop())) {
            console.at("/users/" + msp.user("au").id());
            assertThat(console.button("Disable account")).isVisible();
            console.page().keyboard().press("Tab");
            assertThat(console.link("Skip to content")).isFocused();
            console.page().keyboard().press("Enter");
            assertThat(console.page().locator("main")).isFocused();

            press(console, console.button("Disable account"), "Enter");
            assertThat(console.dialog()).isVisible();
            console.page().keyboard().press("Escape");
            assertThat(console.dialog()).hasCount(0);
            assertThat(console.button("Disable account")).isFocused();
        }
    }

    private static void type(Console console, String label, String text) {
        tabTo(console, console.field(label));
        console.page().keyboard().type(text);
    }

    private static void press(Console console, Locator element, String key) {
        tabTo(console, element);
        console.page().keyboard().press(key);
    }

    private static void tabTo(Console console, Locator element) {
        element.waitFor();
        for (int i = 0; i < MOST_TABS; i++) {
            if (console.focused(element)) {
                return;
            }
            console.page().keyboard().press("Tab");
        }
        throw new AssertionError("Not to be reached with the Tab key: " + element);
    }
}
