package com.wisesync.keycloak.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every page on every kind of screen: axe finds no violation, nothing is cut off or scrolls sideways, no message key
 * is shown. Takes the screenshots of the README.
 */
class PagesIT {

    /** A screen: theme, language and size. */
    enum Screen {
        LIGHT("en", new NewContextOptions().setLocale("en-US").setViewportSize(1280, 800)),
        DARK(
                "en",
                new NewContextOptions()
                        .setLocale("en-US")
                        .setViewportSize(1280, 800)
                        .setColorScheme(ColorScheme.DARK)),
        PHONE_IN_GERMAN(
                "de",
                new NewContextOptions()
                        .setLocale("de-DE")
                        .setViewportSize(360, 740)
                        .setColorScheme(ColorScheme.DARK)),
        ZOOMED_TWICE_IN_GERMAN(
                "de",
                new NewContextOptions()
                        .setLocale("de-DE")
                        .setViewportSize(640, 400)
                        .setDeviceScaleFactor(2));

        private final String language;

        @SuppressWarnings("ImmutableEnumChecker") // Never changed after construction.
        private final NewContextOptions options;

        Screen(String language, NewContextOptions options) {
            this.language = language;
            this.options = options;
        }
    }

    private static Browser browser;
    private static Msp msp;
    private static Person user;
    private static Person disabled;
    private static Person managed;
    private static String invited;
    private static String rejected;
    private static String adminSession;
    private static String supportSession;
    private static String userSession;

    private final List<String> complaints = new ArrayList<>();
    private Screen screen;
    private JsonNode words;
    private Console console;

    @BeforeAll
    static void people() {
        browser = Browser.launch();
        Testbed testbed = Testbed.get();
        msp = Msp.called("Northwind MSP", "ada.archer@northwind.example");
        user = msp.userCalled("uma.underwood@northwind.example", "au", "nz", "us");
        testbed.wisePay().addOneOfEach(user.id());
        msp.userCalled("ben.miller@northwind.example", "nz");
        msp.userCalled("chloe.dubois@northwind.example", "au", "us");
        managed = msp.userCalled("mona.managed@northwind.example", "au");
        String account = "/accounts/" + msp.id();
        testbed.serviceApi().post(account + "/scim/tokens", null);
        testbed.serviceApi().put(account + "/users/" + managed.id() + "/scim-link", Map.of());
        msp.merchantCalled("mia.merchant@northwind.example");
        disabled = msp.userCalled("dan.olsen@northwind.example", "au");
        testbed.wisePay().addOneOfEach(disabled.id());
        String path = "/accounts/%s/users/%s".formatted(msp.id(), disabled.id());
        assertThat(testbed.serviceApi().post(path + "/disable", null).status()).isEqualTo(204);
        invited = msp.invited("ivy.invited@northwind.example", "Ivy", "Invited");
        rejected = msp.invited("rob.rejected@refused.example", "Rob", "Rejected");
        adminSession = Console.session(msp.admin(), browser);
        supportSession = Console.session(Msp.support(), browser);
        userSession = Console.session(user, browser);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    /** Light and dark, both languages, wide and narrow. */
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "PHONE_IN_GERMAN"})
    void noPageHasProblems(Screen screen) throws IOException {
        lookAtAll(screen);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(names = {"DARK", "ZOOMED_TWICE_IN_GERMAN"})
    void noPageHasProblemsOnOtherScreens(Screen screen) throws IOException {
        lookAtAll(screen);
    }

    private void lookAtAll(Screen shown) throws IOException {
        screen = shown;
        words = new ObjectMapper()
                .readTree(SourceTree.root()
                        .resolve("themes/src/main/ts/messages/" + shown.language + ".json")
                        .toFile());
        as(adminSession);
        look("users", "/users", console.table());
        look("no-users-found", "/users?search=unknown", heading("noUsersFound"));
        look("create", "/users/new", console.field(word("roleUser")), () -> {
            console.field(word("roleUser")).check();
            console.field(word("passwordByHand")).check();
            button("save").click();
        });
        look("edit", "/users/" + user.id(), heading("activity"));
        look("edit-disabled", "/users/" + disabled.id(), button("enableAccount"));
        look("invitation-failed", "/users/" + rejected, heading("invitation"));
        look("revoke", "/users/" + invited, button("revokeInvitation"), () -> openDialog("revokeInvitation"));
        look("log-out-everywhere", "/users/" + user.id(), heading("sessions"), () -> openDialog("logOutEverywhere"));
        look("autotask", "/users/" + user.id() + "/autotask", button("setPassword"));
        console.changing(
                Pattern.compile(".*/users/" + user.id() + "/details$"),
                details -> ((ObjectNode) details.path("user"))
                        .put("lockedUntil", Instant.now().plusSeconds(900).toString()));
        look("locked-out", "/users/" + user.id(), button("unlock"));
        console.page().unrouteAll();
        look("disable", "/users/" + user.id(), button("disableAccount"), () -> {
            button("disableAccount").click();
            console.dialog().getByRole(AriaRole.CHECKBOX).waitFor();
        });
        look("import", "/users", button("moreActions"), () -> {
            button("moreActions").click();
            console.page()
                    .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(word("importUsers")))
                    .click();
            console.dialog().waitFor();
        });
        look("not-found", "/users/unknown", heading("notFound"));
        look("account", "/account", console.table());
        look("directory", "/account/directory", console.table());
        look(
                "revoke-token",
                "/account/directory",
                console.table(),
                () -> console.table().getByRole(AriaRole.BUTTON).click());
        look("edit-managed", "/users/" + managed.id(), button("unlinkUser"));
        look("activity", "/activity", console.table());
        look("selected", "/users", console.table(), () -> select("ada.archer", "uma.underwood"));
        look("disable-many", "/users", console.table(), () -> {
            select("chloe.dubois", "uma.underwood");
            button("disable").click();
            console.dialog().getByRole(AriaRole.CHECKBOX).waitFor();
        });
        look("assign-many", "/users", console.table(), () -> {
            select("ada.archer", "uma.underwood");
            button("assignCompanies").click();
            console.dialog().getByRole(AriaRole.CHECKBOX).first().check();
            console.dialog().getByRole(AriaRole.GRID).waitFor();
        });
        console.close();
        as(supportSession);
        look("accounts", "/accounts", console.table());
        look("queue", "/deactivations", console.table());
        look("account-by-support", "/accounts/" + msp.id(), console.table());
        look("users-by-support", "/accounts/" + msp.id() + "/users", console.table());
        look(
                "create-account",
                "/accounts",
                button("createAccount"),
                () -> button("createAccount").click());
        look(
                "connect-company",
                "/accounts/" + msp.id(),
                button("connectCompany"),
                () -> button("connectCompany").click());
        look("lifecycle", "/lifecycle", console.table());
        look("resend", "/lifecycle?client=wise-pay", button("resend"), () -> openDialog("resend"));
        look("setup", "/setup", console.table());
        console.changing(Pattern.compile(".*/deactivations\\?.*"), PagesIT::inEveryState);
        look("queue-states", "/deactivations", button("release"));
        look("release", "/deactivations", button("release"), () -> openDialog("release"));
        look("dismiss", "/deactivations", button("dismiss"), () -> openDialog("dismiss"));
        console.close();
        as(userSession);
        look("not-allowed", "/", heading("notAllowed"));
        console.close();
        assertThat(complaints).isEmpty();
    }

    private void select(String... usernames) {
        for (String username : usernames) {
            console.table()
                    .locator("tbody tr")
                    .filter(new Locator.FilterOptions().setHasText(username))
                    .getByRole(AriaRole.CHECKBOX)
                    .check();
        }
    }

    /** One deactivation in each state. A held one occurs only after a backup was restored, for example. */
    private static void inEveryState(ObjectNode page) {
        ArrayNode deactivations = page.withArray("deactivations");
        if (deactivations.isEmpty()) {
            return;
        }
        ObjectNode known = (ObjectNode) deactivations.get(0);
        deactivations.removeAll();
        for (String state : List.of("held", "failed", "waiting", "delivered", "dismissed")) {
            ObjectNode entry = known.deepCopy().put("id", state).put("state", state);
            if (state.equals("held")) {
                entry.put("lastError", "The user of these links is unknown here.")
                        .put("reason", "comparison");
                for (int i = 1; i <= 6; i++) {
                    entry.withArray("links")
                            .addObject()
                            .put("id", "link-" + i)
                            .put("kind", i % 2 == 0 ? "proxy" : "paynow-link")
                            .put("name", "Northwind shop number " + i);
                }
            }
            if (state.equals("failed")) {
                entry.put("lastError", "Wise-Pay answered 400");
            }
            deactivations.add(entry);
        }
        page.put("total", deactivations.size());
    }

    private void openDialog(String button) {
        button(button).first().click();
        console.dialog().waitFor();
    }

    private void as(String session) {
        console = Console.resume(session, browser, screen.options);
    }

    private void look(String name, String place, Locator expected) {
        look(name, place, expected, () -> {});
    }

    private void look(String name, String place, Locator expected, Runnable before) {
        // From an empty page: a dialog of the previous page would stay open.
        console.page().navigate("about:blank");
        console.at(place);
        expected.first().waitFor();
        before.run();
        console.page().waitForLoadState(LoadState.NETWORKIDLE);
        console.picture("%s-%s".formatted(screen.name().toLowerCase(Locale.ROOT), name));
        console.accessibilityViolations().forEach(violation -> complain(name, violation));
        wider().forEach(element -> complain(name, "wider than the screen: " + element));
        keysShown().forEach(key -> complain(name, "no words for " + key));
        strangeLinks().forEach(link -> complain(name, "not in the brand's colour: " + link));
    }

    private void complain(String page, String about) {
        complaints.add(screen + " " + page + ": " + about);
    }

    /** Elements wider than the window, except inside elements that scroll. */
    @SuppressWarnings("unchecked")
    private List<String> wider() {
        return (List<String>) console.page()
                .evaluate("() => {"
                        + " const scroller = document.querySelector('main') ?? document.documentElement;"
                        + " const wide = document.documentElement.scrollWidth > innerWidth || scroller.scrollWidth > scroller.clientWidth;"
                        + " const cut = [...document.querySelectorAll('.pf-v5-c-modal-box__footer')].filter(e => e.scrollWidth > e.clientWidth);"
                        + " if (cut.length) return ['buttons of a dialog'];"
                        + " return !wide ? [] : [...document.querySelectorAll('#app *')]"
                        + "  .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120)).slice(0, 3)"
                        + "  .concat('(scrolls sideways)'); }");
    }

    /** Links in a page that are not in the brand's colour, except buttons and tabs. */
    @SuppressWarnings("unchecked")
    private List<String> strangeLinks() {
        return (List<String>) console.page()
                .evaluate("() => {"
                        + " const probe = document.body.appendChild(document.createElement('i'));"
                        + " probe.style.color = 'var(--wise-sync-color)';"
                        + " const brand = getComputedStyle(probe).color;"
                        + " probe.remove();"
                        + " return [...document.querySelectorAll('main a:not(.pf-v5-c-button, .pf-v5-c-nav__link)')]"
                        + "  .filter(a => getComputedStyle(a).color !== brand)"
                        + "  .map(a => a.textContent + ' ' + getComputedStyle(a).color + ' instead of ' + brand); }");
    }

    private Stream<String> keysShown() {
        String shown = console.page().locator("body").innerText();
        List<String> keys = new ArrayList<>();
        // Keys that are a plain word, like "user", also occur as text.
        words.fieldNames().forEachRemaining(key -> {
            if (key.matches(".*[a-z][A-Z].*") && shown.matches("(?s).*\\b" + key + "\\b.*")) {
                keys.add(key);
            }
        });
        return keys.stream();
    }

    private String word(String key) {
        return words.get(key).asText();
    }

    private Locator button(String key) {
        return console.button(word(key));
    }

    private Locator heading(String key) {
        return console.page()
                .getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(word(key)).setExact(true));
    }
}
