package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
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

/** The console as Wise-Sync's support has it: all accounts, all deactivations, and Keycloak's own console. */
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
    void seesWhatIsAmissInAnAccountAndChangesARoleThere() {
        String account = testbed.people().account("autotask", "company");
        Person person = testbed.people().in(account, "user", "company");
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
    void triesAFailedDeactivationAgain() {
        String account = testbed.people().account("other", "company");
        Person person = testbed.people().in(account, "user", "company");
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
    void hasKeycloaksOwnConsoleOneClickAway() {
        List<String> complaints = new ArrayList<>();
        console.page().onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        console.at("/accounts");
        assertThat(console.table()).isVisible();
        // Without a server one stays where one is.
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

        // An address of ours leads back from Keycloak's console.
        console.at("/accounts");
        assertThat(console.link("Deactivations")).isVisible();
    }
}
