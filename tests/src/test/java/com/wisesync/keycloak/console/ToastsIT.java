package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Testbed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages about the result of an action cover no button or field that may be needed next. */
class ToastsIT {

    private static Browser browser;
    private static Msp msp;
    private static String adminSession;
    private static String supportSession;

    @BeforeAll
    static void logIn() {
        browser = Browser.launch();
        msp = Msp.onAutotask();
        adminSession = Console.session(msp.admin(), browser);
        supportSession = Console.session(Msp.support(), browser);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @ParameterizedTest
    @CsvSource({"1280, 800", "1280, 620", "360, 640"})
    void coverNoButtonOfABar(int width, int height) {
        try (Console console = Console.resume(adminSession, browser, sized(width, height))) {
            String address = "toast-" + System.nanoTime() + "@test.example";
            console.at("/users/new");
            console.field("merchant-user").check();
            console.field("First name").fill("Toast");
            console.field("Email address").fill(address);
            console.button("Save and create another").click();
            assertThat(toasts(console)).containsText(address);
            assertThat(covered(console.page().locator(".wise-sync-save button")))
                    .isEmpty();

            console.at("/users");
            console.table()
                    .locator("tbody")
                    .getByRole(AriaRole.CHECKBOX)
                    .first()
                    .check();
            console.button("More actions").click();
            menuItem(console, "Export as CSV").click();
            assertThat(toasts(console).first()).containsText("exported");
            assertThat(console.page().locator(".wise-sync-bulk")).isVisible();
            assertThat(covered(console.page().locator(".wise-sync-bulk button")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 800", "1280, 620", "360, 640"})
    void areBelowADialog(int width, int height) {
        String company = "gone-" + width + "x" + height;
        String path = "/accounts/%s/companies/%s".formatted(msp.id(), company);
        assertThat(Testbed.get()
                        .serviceApi()
                        .put(path, Map.of("name", company, "package", "xero"))
                        .status())
                .isBetween(200, 204);
        for (int i = 0; i < 5; i++) {
            msp.user(company);
        }
        try (Console console = Console.resume(supportSession, browser, sized(width, height))) {
            console.at("/accounts/" + msp.id());
            console.page()
                    .locator("tbody tr")
                    .filter(new Locator.FilterOptions().setHasText(company))
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disconnect"))
                    .click();
            console.inDialog("Disconnect").click();
            assertThat(toasts(console)).containsText("5 users have no company any more");

            console.button("Edit account").click();
            assertThat(console.dialog()).isVisible();
            assertThat(toasts(console)).isAttached();
            assertThat(underSomething(console)).isEmpty();
        }
    }

    @Test
    void stayInTheWindowAndMergeWhenTheyAreMany() {
        try (Console console = Console.resume(adminSession, browser, sized(360, 640))) {
            console.at("/users");
            assertThat(console.table()).isVisible();
            int[] calls = {0};
            console.page().route("**/users?*max=100*", route -> {
                int number = Math.min(++calls[0], 3);
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(409)
                        .setContentType("application/json")
                        .setBody("{\"errorMessage\":\"Message %d. %s\"}".formatted(number, "Long text. ".repeat(40))));
            });
            for (int i = 1; i <= 4; i++) {
                console.button("More actions").click();
                menuItem(console, "Export as CSV").click();
                assertThat(toasts(console)).hasCount(Math.min(i, 3));
            }
            Locator newest = toasts(console).first();
            assertThat(newest).containsText("Message 3");
            assertThat(newest.boundingBox().y).isNotNegative();
            assertThat(console.button("More actions")).isVisible();
            assertThat(covered(console.button("More actions"))).isEmpty();
        }
    }

    private static NewContextOptions sized(int width, int height) {
        return new NewContextOptions().setLocale("en-US").setViewportSize(width, height);
    }

    private static Locator toasts(Console console) {
        return console.page().locator(".pf-v5-c-alert-group .pf-v5-c-alert");
    }

    private static Locator menuItem(Console console, String name) {
        return console.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
    }

    /** The elements whose rectangle a message overlaps. */
    private static List<?> covered(Locator elements) {
        elements.first().waitFor();
        return (List<?>) elements.evaluateAll("elements => {"
                + " const toasts = [...document.querySelectorAll('.pf-v5-c-alert-group .pf-v5-c-alert')]"
                + "  .map(toast => toast.getBoundingClientRect());"
                + " return elements.filter(element => { const a = element.getBoundingClientRect();"
                + "  return toasts.some(b => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);"
                + " }).map(element => element.textContent); }");
    }

    /** The buttons and fields of the dialog that another element covers. */
    private static List<?> underSomething(Console console) {
        return (List<?>) console.dialog()
                .locator("button, input:not([type=radio], [type=checkbox])")
                .evaluateAll("elements => elements.filter(element => {"
                        + " const { left, top, width, height } = element.getBoundingClientRect();"
                        + " const found = document.elementFromPoint(left + width / 2, top + height / 2);"
                        + " return !found?.closest('[role=dialog]'); }).map(e => e.textContent || e.id)");
    }
}
