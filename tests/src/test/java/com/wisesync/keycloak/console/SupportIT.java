package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Browser;
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

/** The console for Wise-Sync's support: all accounts, all deactivations, and Keycloak's own console. */
class SupportIT {

    private static Browser browser;
    private static String session;

    private final Testbed testbed = Testbed.get();
    private Console console;

    @BeforeAll
    static void logIn() {
        browser = Browser.launch();
        session = Console.session(Msp.support(), browser);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void open() {
        console = Console.resume(session, browser, Console.desktop());
    }

    @AfterEach
    void closePage() {
        console.close();
    }

    @Test
    void seesTheWarningsOfAnAccountAndChangesARoleThere() {
        String account = testbed.people().account("autotask", "company");
        Person person = testbed.people().create(account, "user", "company");
        String name =
                testbed.realm().organizations().get(account).toRepresentation().getName();
        console.at("/accounts?search=" + name.replace(" ", "+"));
        Locator row = console.table().locator("tbody tr");
        assertThat(row).hasCount(1);
        assertThat(row).containsText("admin");

        console.link(name).click();
        console.link(person.username()).click();
        console.field("account-admin").check();
        console.button("Save").click();

        assertThat(console.saved()).isVisible();
        console.at("/accounts?search=" + name.replace(" ", "+"));
        assertThat(console.table().locator("tbody tr .pf-v5-c-label.pf-m-orange"))
                .hasCount(0);
        assertThat(testbed.realm().users().get(person.id()).roles().realmLevel().listAll())
                .extracting("name")
                .contains("account-admin");
    }

    @Test
    void createsTheFirstCustomerWithoutCallingTheApi() {
        String name = "First Customer " + System.nanoTime();
        String address = "first-%d@test.example".formatted(System.nanoTime());
        console.at("/accounts");
        console.button("Create account").click();
        console.field("Name").fill(name);
        console.field("Other").check();
        console.picture("create-account");
        console.inDialog("Create account").click();

        assertThat(heading(name)).isVisible();
        assertThat(console.text("No company is connected yet.")).isVisible();
        console.button("Connect company").click();
        console.field("Name").fill("Fiji Büro");
        assertThat(console.field("Company id")).hasValue("fiji-buro");
        console.field("Xero").check();
        console.picture("connect-company");
        console.inDialog("Connect company").click();
        assertThat(console.table()).containsText("Fiji Büro");
        console.picture("new-account");

        console.link("Create administrator").click();
        assertThat(console.field("account-admin")).isChecked();
        console.field("First name").fill("Ada");
        console.field("Last name").fill("Archer");
        console.field("Email address").fill(address);
        console.button("Save").click();
        assertThat(console.link(address)).isVisible();
        assertThat(testbed.mailbox().take(address).link()).isPresent();

        console.link("Account").click();
        assertThat(console.link("Ada Archer")).isVisible();
        console.button("Edit account").click();
        console.field("Name").fill(name + " Ltd");
        console.field("Optional").check();
        console.inDialog("Save").click();
        assertThat(heading(name + " Ltd")).isVisible();
        console.button("Disconnect").click();
        assertThat(console.dialog()).containsText("The company is not assigned to any user.");
        console.inDialog("Disconnect").click();
        assertThat(console.text("No company is connected yet.")).isVisible();
    }

    @Test
    void readsTheSetupReport() {
        console.at("/setup");

        assertThat(console.table().locator("tbody tr .pf-v5-c-label").first()).isVisible();
        assertThat(console.table()).containsText("Wise-Pay");
        assertThat(console.page()
                        .getByText(Pattern.compile("problems? to solve|Everything is set up"))
                        .first())
                .isVisible();
    }

    private Locator heading(String text) {
        return console.page()
                .getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    @Test
    void retriesAFailedDeactivation() {
        String account = testbed.people().account("other", "company");
        Person person = testbed.people().create(account, "user", "company");
        testbed.wisePay().addOneOfEach(person.id());
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        assertThat(testbed.serviceApi()
                        .post("/accounts/%s/users/%s/disable".formatted(account, person.id()), null)
                        .status())
                .isEqualTo(204);
        console.at("/deactivations");
        Locator row =
                console.table().locator("tbody tr").filter(new Locator.FilterOptions().setHasText(person.username()));
        assertThat(row.getByText(Pattern.compile("Failed")).first()).isVisible();
        console.picture("queue");

        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry"))
                .click();

        assertThat(row.getByText("Wise-Pay deactivated 3 links")).isVisible();
        assertThat(testbed.wisePay().deactivationsOf(person.id())).hasSize(1);
    }

    @Test
    void dismissesADeactivationAndRetriesAllOthersThatFailed() {
        String account = testbed.people().account("other", "company");
        Person dismissed = failed(account);
        Person retried = failed(account);
        console.at("/deactivations?status=failed");
        button(dismissed, "Dismiss").click();
        assertThat(console.dialog()).containsText("Dismiss the notification about " + dismissed.username() + "?");
        console.inDialog("Dismiss").click();
        assertThat(row(dismissed)).hasCount(0);

        console.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^Retry (all )?\\d+ failed")))
                .click();
        assertThat(console.page().getByText(Pattern.compile("\\d+ notifications? (is|are) sent again")))
                .isVisible();
        console.at("/deactivations");
        assertThat(row(retried)).containsText("Wise-Pay deactivated 3 links");
        assertThat(row(dismissed)).containsText("Dismissed");
        assertThat(testbed.wisePay().deactivationsOf(dismissed.id())).isEmpty();
    }

    /** Only reconciling holds a deactivation, for example after a backup was restored (ReconcilingIT). */
    @Test
    void releasesADeactivationAfterTheLinksWereListed() {
        String account = testbed.people().account("other", "company");
        Person person = failed(account);
        List<String> released = new ArrayList<>();
        console.page().route(Pattern.compile(".*/deactivations/[^/]+/release$"), route -> {
            released.add(route.request().method());
            route.fulfill(new Route.FulfillOptions().setStatus(204));
        });
        console.changing(
                Pattern.compile(".*/deactivations\\?.*"),
                page -> page.withArray("deactivations").forEach(entry -> hold((ObjectNode) entry, person)));
        console.at("/deactivations");
        assertThat(row(person)).containsText("2 links would stop working:");
        button(person, "Release").click();
        assertThat(console.dialog()).containsText("2 Wise-Pay links will stop working");
        assertThat(console.dialog()).containsText("Proxy of the shop");
        assertThat(released).isEmpty();
        console.inDialog("Release").click();
        assertThat(console.text("Wise-Pay will be notified about " + person.username()))
                .isVisible();
        assertThat(released).containsExactly("POST");
    }

    private static void hold(ObjectNode entry, Person person) {
        if (entry.path("user").path("id").asText().equals(person.id())) {
            entry.put("state", "held");
            entry.withArray("links")
                    .addObject()
                    .put("id", "1")
                    .put("kind", "proxy")
                    .put("name", "Proxy of the shop");
            entry.withArray("links").addObject().put("id", "2").put("kind", "email-link");
        }
    }

    /** A disabled user about which Wise-Pay rejected the notification. */
    private Person failed(String account) {
        Person person = testbed.people().create(account, "user", "company");
        testbed.wisePay().addOneOfEach(person.id());
        testbed.wisePay().failNext(person.id(), 1, 400, Map.of());
        String user = "/accounts/%s/users/%s".formatted(account, person.id());
        assertThat(testbed.serviceApi().post(user + "/disable", null).status()).isEqualTo(204);
        await().until(() -> testbed.serviceApi()
                .get(user + "/deactivations")
                .json()
                .path(0)
                .path("state")
                .asText()
                .equals("failed"));
        return person;
    }

    private Locator row(Person person) {
        return console.table().locator("tbody tr").filter(new Locator.FilterOptions().setHasText(person.username()));
    }

    private Locator button(Person person, String name) {
        return row(person).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    @Test
    void opensKeycloaksOwnConsoleWithOneClick() {
        List<String> complaints = new ArrayList<>();
        console.page().onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        console.at("/accounts");
        assertThat(console.table()).isVisible();
        // Without an answer from the server, the page stays.
        console.page().route(Pattern.compile(".*/console/$"), Route::abort);
        console.link("Keycloak administration").click();
        assertThat(console.text("No connection to the server.")).isVisible();
        assertThat(console.table()).isVisible();
        console.page().unrouteAll();
        console.link("Keycloak administration").click();

        for (String section : List.of("Clients", "Realm roles", "Events", "Realm settings", "Authentication")) {
            assertThat(console.link(section)).isVisible();
        }
        console.link("Realm roles").click();
        assertThat(console.link("account-admin")).isVisible();
        assertThat(complaints).isEmpty();
        console.picture("stock");

        console.at("/lifecycle?client=wise-sync-app&status=delivered");
        console.button("Send all users again").click();
        console.inDialog("Send all users again").click();
        assertThat(console.text("All users are being sent to wise-sync-app")).isVisible();

        // An address of the extension's pages leads back from Keycloak's console.
        console.at("/accounts");
        assertThat(console.link("Deactivations")).isVisible();
    }
}
