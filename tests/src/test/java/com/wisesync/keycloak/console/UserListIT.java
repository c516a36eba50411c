package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/** The list of an account's users: search, export, import and bulk changes. */
class UserListIT {

    private static Browser browser;
    private static Msp msp;
    private static String session;
    private static Person everywhere;
    private static Person disabled;

    private final Testbed testbed = Testbed.get();
    private Console console;

    @BeforeAll
    static void twelvePeople() {
        browser = Browser.launch();
        msp = Msp.onAutotask();
        everywhere = msp.user("au", "nz", "us");
        disabled = msp.user("us");
        Testbed testbed = Testbed.get();
        UserRepresentation user = testbed.realm().users().get(disabled.id()).toRepresentation();
        user.setEnabled(false);
        testbed.realm().users().get(disabled.id()).update(user);
        for (int i = 0; i < 9; i++) {
            msp.user("au");
        }
        session = Console.session(msp.admin(), browser);
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
    void showsAllColumns() {
        console.at("/users");

        assertThat(console.page().getByRole(AriaRole.COLUMNHEADER)).hasText(new String[] {
            "", "Name", "Username", "Role", "Companies", "Second factor", "Last login", "Status"
        });
        assertThat(row(msp.admin()).locator("td[data-column]")).hasText(new Pattern[] {
            Pattern.compile("^Test Person$"),
            Pattern.compile("^" + msp.admin().username().replace(".", "\\.") + "$"),
            Pattern.compile("^account-admin$"),
            Pattern.compile("^All companies$"),
            Pattern.compile("^Emailed code$"),
            Pattern.compile("^\\w+ \\d+, \\d{4}$"),
            Pattern.compile("^Enabled$")
        });
        assertThat(row(disabled)).containsText("Disabled");
        assertThat(row(disabled)).containsText("United States");

        row(everywhere).getByText("3 companies").hover();
        assertThat(console.page().getByRole(AriaRole.TOOLTIP)).containsText("New Zealand");

        console.link(everywhere.username()).click();
        assertThat(console.page()).hasURL(Pattern.compile("#/users/" + everywhere.id() + "$"));
    }

    @Test
    void keepsFiltersAndPageInItsAddress() {
        console.at("/users");
        choose("Role", "user");
        choose("Company", "United States");
        choose("Status", "Enabled");

        assertThat(console.page()).hasURL(Pattern.compile("role=user&company=us&status=enabled$"));
        assertThat(rows()).hasCount(1);
        console.page().reload();
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText(everywhere.username());

        console.link(everywhere.username()).click();
        console.page().locator(".pf-v5-c-breadcrumb a").click();
        assertThat(console.page()).hasURL(Pattern.compile("status=enabled$"));

        console.button("Clear filters").click();
        assertThat(rows()).hasCount(12);
        console.at("/users?max=10&page=2");
        assertThat(rows()).hasCount(2);
        console.button("Go to previous page").first().click();
        assertThat(rows()).hasCount(10);
    }

    @Test
    void searchesAndReportsThatNoUserIsFound() {
        console.at("/users");
        console.page().getByPlaceholder("Search name, username or email").fill(everywhere.username());
        assertThat(rows()).hasCount(1);

        console.page().getByPlaceholder("Search name, username or email").fill("unknown user");
        assertThat(console.page().getByRole(AriaRole.HEADING, heading("No users found")))
                .isVisible();
        console.button("Clear filters").last().click();
        assertThat(rows()).hasCount(12);
    }

    @Test
    void exportsTheShownUsers() throws IOException {
        console.at("/users?status=disabled");
        console.button("More actions").click();
        Download file =
                console.page().waitForDownload(() -> menuItem("Export as CSV").click());

        List<String> lines = Files.readAllLines(file.path());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .endsWith(
                        "\"First name\",\"Last name\",\"Username\",\"Email address\",\"Role\",\"Companies\",\"Second factor\",\"Last login\",\"Status\"");
        assertThat(lines.get(1)).contains(disabled.username(), "\"United States\"", "\"Disabled\"");
    }

    @Test
    void importsAFileAfterCheckingIt() throws IOException {
        String good = "imported-" + System.nanoTime() + "@test.example";
        console.at("/users");
        console.button("More actions").click();
        menuItem("Import users").click();
        Download template = console.page()
                .waitForDownload(() -> console.inDialog("Download template").click());
        String header = Files.readAllLines(template.path()).get(0);
        assertThat(header)
                .contains("\"role\",\"companies\",\"firstName\",\"lastName\",\"email\",\"username\",\"password\"");

        choose(header + "\nuser,nowhere,Im,Ported," + good + ",,\n");
        assertThat(console.dialog().getByText("1 row cannot be imported")).isVisible();
        assertThat(console.dialog().getByRole(AriaRole.GRID)).containsText(good);
        assertThat(console.dialog().getByRole(AriaRole.GRID)).containsText("companies");
        assertThat(console.inDialog("Import")).hasAttribute("aria-disabled", "true");
        console.picture("import-refused");

        choose(header + "\nuser,au|us,Im,Ported," + good + ",,\n");
        assertThat(console.dialog().getByText("1 row checked: ready to import")).isVisible();
        assertThat(testbed.realm().users().searchByUsername(good, true)).isEmpty();
        console.inDialog("Import 1 user").click();

        assertThat(console.text("1 user was imported")).isVisible();
        UserRepresentation imported =
                testbed.realm().users().searchByUsername(good, true).get(0);
        assertThat(testbed.realm()
                        .users()
                        .get(imported.getId())
                        .toRepresentation()
                        .getAttributes())
                .containsEntry("companies", List.of("au", "us"));
        testbed.realm().users().get(imported.getId()).remove();
    }

    @Test
    void explainsTheFirstStepWithoutACompany() {
        Msp empty = Msp.with("other", Map.of());
        try (Console emptyConsole = Console.as(empty.admin(), browser)) {
            assertThat(emptyConsole.page().getByRole(AriaRole.HEADING, heading("Users")))
                    .isVisible();
            assertThat(emptyConsole.text("First connect a company in Wise-Sync"))
                    .isVisible();
            assertThat(emptyConsole.link("Create new user")).hasCount(0);
            assertThat(emptyConsole.button("Create new user")).hasCount(0);
            emptyConsole.picture("no-company");

            emptyConsole.at("/users/new");
            assertThat(emptyConsole.page()).hasURL(Pattern.compile("#/users$"));
        }
    }

    @Test
    void assignsANewCompanyToEveryUserInThreeClicks() throws IOException {
        company("fiji", "Fiji");
        console.at("/users");
        console.link("Account").click();
        assertThat(company("Fiji").getByRole(AriaRole.GRIDCELL).first()).hasText("Fiji");
        company("Fiji")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Assign to all users"))
                .click();
        assertThat(console.dialog()).containsText("Checked: 11 users will be changed");
        console.picture("assign-to-all");
        console.inDialog("Assign to 11 users").click();
        assertThat(console.text("Companies were assigned to 11 users")).isVisible();
        assertThat(company("Fiji").getByText("11 users")).isVisible();

        // The list removes it from all matching users, on all pages.
        console.at("/users?role=user&max=10");
        assertThat(rows()).hasCount(10);
        console.page().getByLabel("Select all rows shown").check();
        console.button("Select all 11").click();
        console.picture("selected");
        console.button("Remove companies").click();
        console.dialog().getByLabel("Fiji").check();
        assertThat(console.dialog()).containsText("Checked: 11 users will be changed");
        console.inDialog("Remove from 11 users").click();
        assertThat(console.text("Companies were removed from 11 users")).isVisible();
        assertThat(console.text("11 users selected")).hasCount(0);

        console.link("Activity").click();
        Locator newest = rows().first();
        assertThat(newest).containsText(msp.admin().username());
        assertThat(newest).containsText("Details changed");
        assertThat(newest).containsText(Pattern.compile("Companies: .*Fiji.* → "));
        chooseKind("Company connected");
        assertThat(rows().first()).containsText("Company connected: Fiji");
        assertThat(console.page()).hasURL(Pattern.compile("kind=company-connected$"));
        Download file = console.page()
                .waitForDownload(() -> console.button("Export as CSV").click());
        List<String> lines = Files.readAllLines(file.path());
        assertThat(lines.get(0)).contains("Time (UTC)", "Before", "After");
        assertThat(lines.subList(1, lines.size())).isNotEmpty().allMatch(line -> line.contains("Company connected"));
    }

    @Test
    void requiresTheSecondFactorForAllUsers() {
        String account = "/accounts/" + msp.id();
        String name =
                testbed.realm().organizations().get(msp.id()).toRepresentation().getName();
        assertThat(testbed.serviceApi()
                        .put(
                                account,
                                Map.of("name", name, "psa", "autotask", "twoFactorMode", "optional", "enabled", true))
                        .status())
                .isEqualTo(200);
        console.at("/account");
        console.button("Require a second factor").click();
        assertThat(console.dialog()).containsText("Only support can make it optional again.");
        console.inDialog("Require a second factor").click();

        assertThat(console.text("Every user now needs a second factor")).isVisible();
        assertThat(console.button("Require a second factor")).hasCount(0);
        assertThat(testbed.serviceApi()
                        .get(account)
                        .json()
                        .path("twoFactorMode")
                        .asText())
                .isEqualTo("required");
    }

    private void company(String id, String name) {
        assertThat(testbed.serviceApi()
                        .put(
                                "/accounts/%s/companies/%s".formatted(msp.id(), id),
                                Map.of("name", name, "package", "myob"))
                        .status())
                .isEqualTo(200);
    }

    private Locator company(String name) {
        return console.page()
                .getByRole(AriaRole.GRID, new Page.GetByRoleOptions().setName("Companies"))
                .locator("tbody tr")
                .filter(new Locator.FilterOptions().setHasText(name));
    }

    private void chooseKind(String kind) {
        choose("Activity", kind);
    }

    private void choose(String filter, String option) {
        console.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + filter + ": ")))
                .click();
        console.page()
                .getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(option).setExact(true))
                .click();
    }

    private void choose(String csv) {
        console.dialog()
                .locator("input[type=file]")
                .setInputFiles(new FilePayload("users.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
    }

    private Locator menuItem(String name) {
        return console.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
    }

    private Locator rows() {
        return console.table().locator("tbody tr");
    }

    private Locator row(Person person) {
        return rows().filter(new Locator.FilterOptions().setHasText(person.username()));
    }

    private static Page.GetByRoleOptions heading(String text) {
        return new Page.GetByRoleOptions().setName(text).setExact(true);
    }
}
