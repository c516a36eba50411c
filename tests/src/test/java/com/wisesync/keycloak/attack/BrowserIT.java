package com.wisesync.keycloak.attack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.simulator.Link;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Markup in every name, on every page and in every mail that shows it; and where tokens appear. */
class BrowserIT {

    /** A JWT. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.eyJ[\\w-]+");

    private static final String STORED =
            "() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie";

    private static Browser browser;

    private final Testbed testbed = Testbed.get();
    private Page page;

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void newPage() {
        page = browser.newPage();
    }

    @AfterEach
    void closePage() {
        page.context().close();
    }

    @Test
    void namesAreTextToAnAccountAdmin() {
        HostilePeople people = new HostilePeople();
        Person colleague = people.create("user");
        testbed.wisePay().add(Link.proxy("odd-" + colleague.id(), colleague.id(), HostilePeople.PAYLOAD));

        logIn("/admin/wise-sync/console/", people.allowed("account-admin"));
        showsText("/admin/wise-sync/console/#/users");
        showsNoMarkup("/admin/wise-sync/console/#/users/" + colleague.id());
        page.getByRole(AriaRole.BUTTON, named("Disable account")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText(HostilePeople.TEXT);
        noMarkup();
        showsNoMarkup("/admin/wise-sync/console/#/users/new");
        page.getByLabel("user", new Page.GetByLabelOptions().setExact(true)).check();
        assertThat(page.locator("#app")).containsText(HostilePeople.TEXT);
        noMarkup();
    }

    @Test
    void namesAreTextToStaff() {
        HostilePeople people = new HostilePeople();
        Person disabled = people.create("user");
        testbed.wisePay().add(Link.proxy("odd-" + disabled.id(), disabled.id(), HostilePeople.PAYLOAD));
        testbed.serviceApi().post("/accounts/" + people.account() + "/users/" + disabled.id() + "/disable", null);

        logIn("/admin/wise-sync/console/", people.allowed("support"));
        showsText("/admin/wise-sync/console/#/accounts?search=img");
        showsText("/admin/wise-sync/console/#/accounts/" + people.account() + "/users");
        showsNoMarkup("/admin/wise-sync/console/#/deactivations");
    }

    @Test
    void namesAreTextToUsersWithoutPermission() {
        HostilePeople people = new HostilePeople();
        people.create("account-admin");

        logIn("/admin/wise-sync/console/", people.allowed("merchant-user"));
        assertThat(page.locator("#app")).containsText(HostilePeople.TEXT);
        noMarkup();
    }

    @Test
    void namesAreTextInTheAccountConsole() {
        HostilePeople people = new HostilePeople();
        String account = "/realms/wise-sync/account/";

        logIn(account, people.allowed("user"));
        assertThat(page.locator("#companies")).containsText(HostilePeople.TEXT);
        assertThat(page.locator("input[name=firstName]")).hasValue(HostilePeople.ALLOWED);
        noMarkup();
        for (String more : List.of("organizations", "account-security/device-activity", "applications")) {
            showsNoMarkup(account + more);
            assertThat(page.getByRole(AriaRole.BUTTON, named(HostilePeople.ALLOWED))
                            .first())
                    .isVisible();
        }
    }

    @Test
    void namesAreTextInEveryMail() {
        HostilePeople people = new HostilePeople();
        Person person = people.create("user");
        Api service = testbed.serviceApi();
        String path = "/accounts/" + people.account() + "/users/" + person.id();
        service.put(path + "/password", Map.of("password", "another-one"));
        service.post(path + "/reset-password", null);
        service.put(path + "/autotask-account", Map.of("username", "a@autotask.example", "password", "secret-one"));
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        testbed.realm().users().get(person.id()).sendVerifyEmail();
        logIn("/realms/wise-sync/account/", new Person(person.id(), person.username(), "another-one"));
        service.post(path + "/disable", null);

        for (String subject = ""; !subject.contains("disabled"); ) {
            subject = testbed.mailbox().take(person.username()).subject();
        }
        List<Mail> mails = testbed.mailbox().all(person.username());
        assertThat(mails).hasSizeGreaterThanOrEqualTo(6).allSatisfy(mail -> {
            assertThat(Jsoup.parse(mail.html()).select("img, script"))
                    .as(mail.subject())
                    .isEmpty();
            assertThat(mail.html() + mail.text() + mail.subject()).doesNotContain("{{49}}", "}}49");
        });
        assertThat(mails)
                .anySatisfy(mail -> assertThat(Jsoup.parse(mail.html()).text()).contains(HostilePeople.TEXT));
    }

    @Test
    void tokensAreInNoAddressAndNoStorage() {
        List<String> addresses = new ArrayList<>();
        page.onRequest(request -> addresses.add(request.url()));
        page.onFrameNavigated(frame -> addresses.add(frame.url()));

        logIn("/admin/wise-sync/console/", testbed.people().create(DemoAccounts.ACME, "account-admin"));
        assertThat(page.getByRole(AriaRole.GRID)).isVisible();
        assertThat((String) page.evaluate(STORED)).doesNotContainPattern(TOKEN);
        page.navigate(testbed.server().url() + "/admin/wise-sync/console/#/users/new");
        assertThat(page.getByLabel("First name")).isVisible();
        assertThat((String) page.evaluate(STORED)).doesNotContainPattern(TOKEN);
        page.navigate(testbed.server().realmUrl() + "/account/");
        assertThat(page.locator("input[name=firstName]")).isVisible();
        assertThat((String) page.evaluate(STORED)).doesNotContainPattern(TOKEN);

        assertThat(addresses).hasSizeGreaterThan(20).noneMatch(TOKEN.asPredicate());
    }

    /** keycloak-js would put the ID token into the logout address. */
    @Test
    void aLogoutHasNoTokenInItsAddress() {
        List<String> addresses = new ArrayList<>();
        page.onRequest(request -> addresses.add(request.url()));
        Person admin = testbed.people().create(DemoAccounts.ACME, "account-admin");
        logIn("/admin/wise-sync/console/", admin);

        page.getByRole(AriaRole.BUTTON, named("Test Person")).click();
        page.getByRole(AriaRole.MENUITEM, named("Log out")).click();

        assertThat(page.locator("input[name=username]")).isVisible();
        assertThat(testbed.realm().users().get(admin.id()).getUserSessions()).isEmpty();
        assertThat(addresses).noneMatch(TOKEN.asPredicate());
    }

    private void logIn(String path, Person person) {
        page.navigate(testbed.server().url() + path);
        new BrowserLogin(page, testbed.mailbox()).as(person);
    }

    private void showsText(String path) {
        page.navigate(testbed.server().url() + path);
        assertThat(page.locator("#app")).containsText(HostilePeople.TEXT);
        noMarkup();
    }

    private void showsNoMarkup(String path) {
        page.navigate(testbed.server().url() + path);
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        noMarkup();
    }

    private void noMarkup() {
        assertThat(page.locator("img[src=x]")).hasCount(0);
        assertThat(page).not().hasTitle(Pattern.compile("^run$"));
        assertThat(page.getByText("{{49}}")).hasCount(0);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
