package com.wisesync.keycloak.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.Login;
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
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A user's page: both tabs, and the cards beside the forms. */
class EditUserIT {

    /** The code of the user's page. */
    private static final Pattern CHUNK = Pattern.compile("/assets/EditUser-.+\\.js$");

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
    }

    @AfterEach
    void closePage() {
        console.close();
    }

    @Test
    void onlySupportChangesTheRoleInAnAccountWithAutotask() {
        console.at("/users/" + person.id());

        assertThat(console.text("For Autotask users, please contact support to change the role."))
                .isVisible();
        assertThat(console.page().getByRole(AriaRole.RADIO)).hasCount(0);
        console.field("New Zealand").check();
        console.button("Save").click();
        assertThat(console.saved()).isVisible();
        assertThat(now().getAttributes().get("companies")).containsExactlyInAnyOrder("au", "nz");
    }

    @Test
    void anAccountAdminChangesTheRoleInOtherAccounts() {
        Msp other = Msp.with("other", Map.of("au", "Australia"));
        Person otherUser = other.user("au");
        try (Console admins = Console.as(other.admin(), browser)) {
            admins.at("/users/" + otherUser.id());
            assertThat(admins.page().getByRole(AriaRole.TAB)).hasCount(0);
            assertThat(admins.button("Update password")).hasCount(0);
            admins.field("merchant-user").check();
            assertThat(admins.field("Australia")).hasCount(0);
            admins.button("Save").click();
            assertThat(admins.saved()).isVisible();
        }
        assertThat(testbed.realm()
                        .users()
                        .get(otherUser.id())
                        .roles()
                        .realmLevel()
                        .listAll())
                .extracting("name")
                .contains("merchant-user")
                .doesNotContain("user");
    }

    @Test
    void aNewEmailOffersToChangeTheUsernameWithIt() {
        String address = "both-" + System.nanoTime() + "@test.example";
        console.at("/users/" + person.id());
        console.field("Email address").fill(address);
        Locator both = console.field("Also change the username to " + address);
        assertThat(both).isChecked();
        console.button("Save").click();
        assertThat(console.saved()).isVisible();
        assertThat(now().getUsername()).isEqualTo(address);

        console.field("Email address").fill("other-" + address);
        console.field("Also change the username to other-" + address).uncheck();
        console.button("Save").click();
        assertThat(console.saved()).isVisible();
        assertThat(console.field("Also change the username to other-" + address))
                .hasCount(0);
        assertThat(now().getEmail()).isEqualTo("other-" + address);
        assertThat(now().getUsername()).isEqualTo(address);
    }

    @Test
    void anErrorIsShownAtItsFieldWhichGetsTheFocus() {
        console.at("/users/" + person.id());
        assertThat(console.field("Username")).hasCount(0);
        console.button("Edit username").click();
        Locator username = console.field("Username");
        assertThat(username).isFocused();
        username.fill(msp.admin().username());
        console.button("Save").click();

        assertThat(username).hasAttribute("aria-invalid", "true");
        assertThat(username).isFocused();
        assertThat(console.described(username)).contains("belongs to another user");
        console.picture("error-beside-field");

        console.field("First name").fill("");
        console.field("Last name").fill("");
        username.fill("no address");
        console.button("Save").click();
        assertThat(console.field("First name")).isFocused();
        assertThat(console.described(username)).contains("Enter a valid email address");
    }

    @Test
    void aClashShowsBothValues() {
        console.at("/users/" + person.id());
        console.field("First name").fill("Mine");
        UserRepresentation user = now();
        user.setFirstName("Theo");
        testbed.realm().users().get(person.id()).update(user);
        console.button("Save").click();

        assertThat(console.dialog()).containsText("Theo");
        assertThat(console.dialog()).containsText("Mine");
        console.picture("conflict");
        assertThat(console.accessibilityViolations()).isEmpty();
        assertThat(now().getFirstName()).isEqualTo("Theo");
        console.inDialog("Save mine").click();
        assertThat(console.dialog()).hasCount(0);

        assertThat(console.saved()).isVisible();
        assertThat(now().getFirstName()).isEqualTo("Mine");
    }

    @Test
    void thePasswordFieldsAppearAfterAClick() {
        console.at("/users/" + person.id());
        assertThat(console.button("Update password")).isVisible();
        assertThat(console.page().locator("input[type=password]")).hasCount(0);
        console.button("Update password").click();
        Locator inputs = console.page().locator("input[type=password]");
        assertThat(inputs).hasCount(2);
        assertThat(inputs.first()).hasAttribute("autocomplete", "new-password");
        assertThat(inputs.last()).hasAttribute("autocomplete", "new-password");

        console.field("New password").pressSequentially("short");
        console.button("Save password").click();
        assertThat(console.text("Passwords must be at least 6 characters long")).isVisible();
        console.field("New password").pressSequentially("er-no-more");
        console.field("Confirm password").pressSequentially("shorter-no-more");
        console.button("Save password").click();

        assertThat(console.text("The password was updated. The user will be notified by email."))
                .isVisible();
        assertThat(inputs).hasCount(0);
    }

    @Test
    void theAutotaskAccountIsSetReplacedAndRemoved() {
        console.at("/users/" + person.id() + "/autotask");
        assertThat(console.text("Not set")).isVisible();
        console.field("Autotask username").fill("uma@autotask.example");
        console.button("Set password").click();
        console.field("Autotask password").pressSequentially("secret-of-autotask");
        console.field("Confirm password").pressSequentially("secret-of-autotask");
        console.button("Save").click();

        assertThat(console.page().getByText("Set on ")).isVisible();
        assertThat(console.field("Autotask username")).hasCount(0);
        console.button("Edit Autotask username").click();
        assertThat(console.field("Autotask username")).isFocused();
        console.field("Autotask username").fill("new@autotask.example");
        console.button("Save").click();
        assertThat(console.text("new@autotask.example")).isVisible();
        assertThat(console.button("Replace password")).isVisible();

        console.button("Remove Autotask account").click();
        console.inDialog("Remove Autotask account").click();
        assertThat(console.text("Not set")).isVisible();
    }

    /** On a screen that shows the whole page, for a user with a second factor. */
    @Test
    void openingAUserSendsAtMostTwoRequestsAndUsesThePrefetchedChunk() {
        enrollPhone();
        try (Console tall = Console.resume(session, browser, Console.desktop().setViewportSize(1280, 2500))) {
            Page page = tall.page();
            List<String> chunks = new ArrayList<>();
            List<String> requests = new ArrayList<>();
            page.onRequest(request -> {
                if (CHUNK.matcher(request.url()).find()) {
                    chunks.add(request.url());
                } else if (request.url().contains("/admin/realms/wise-sync/wise-sync/")) {
                    requests.add(request.method() + " " + request.url());
                }
            });
            page.waitForRequest(CHUNK, () -> tall.at("/users?search=" + person.username()));
            assertThat(tall.link(person.username())).isVisible();
            int prefetched = chunks.size();
            requests.clear();

            tall.link(person.username()).click();

            assertThat(tall.text("Uma's phone")).isVisible();
            assertThat(tall.text("Not logged in anywhere.")).isVisible();
            assertThat(list(page, "Activity").last()).containsText("User account created by Wise-Sync");
            assertThat(requests).hasSizeBetween(1, 2);
            assertThat(chunks).as("nothing is loaded twice").hasSize(prefetched);
        }
    }

    @Test
    void devicesAreNamedAndRemoved() {
        enrollPhone();

        console.at("/users/" + person.id());
        assertThat(console.text("Uma's phone")).isVisible();
        assertThat(console.page().getByText(Pattern.compile("set up on .+ \\d+:\\d\\d")))
                .isVisible();
        console.button("Remove second factors").click();
        console.inDialog("Remove second factors").click();

        assertThat(console.text("The second factors were removed")).isVisible();
        assertThat(console.text("Uma's phone")).hasCount(0);
        assertThat(testbed.realm().users().get(person.id()).credentials())
                .extracting("type")
                .doesNotContain("otp");
    }

    private void enrollPhone() {
        UserRepresentation user = now();
        CredentialRepresentation device = new CredentialRepresentation();
        device.setType("otp");
        device.setUserLabel("Uma's phone");
        device.setSecretData("{\"value\":\"not-a-secret\"}");
        device.setCredentialData(
                "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
        user.setCredentials(List.of(device));
        testbed.realm().users().get(person.id()).update(user);
    }

    @Test
    void anInvitationIsRevokedAndSentAgain() {
        String address = "invited-" + System.nanoTime() + "@test.example";
        String invited = msp.invited(address, "Ivy", "Invited");
        String first = testbed.mailbox().take(address).link().orElseThrow();
        console.at("/users/" + invited);
        assertThat(console.page().getByText(Pattern.compile("Sent on .+, valid until .+$")))
                .isVisible();
        assertThat(console.button("Email a password link")).hasCount(0);
        console.button("Revoke").click();
        assertThat(console.dialog()).containsText("Revoke the invitation of Ivy Invited?");
        console.inDialog("Revoke").click();
        assertThat(console.text("The invitation of Ivy Invited was revoked")).isVisible();
        assertThat(console.text("Revoked: the link in the email no longer works"))
                .isVisible();
        assertThat(console.button("Revoke")).hasCount(0);

        console.button("Send again").click();
        assertThat(console.text("A new invitation will be emailed to " + address))
                .isVisible();
        assertThat(console.page().getByText(Pattern.compile("Sent on .+, valid until .+$")))
                .isVisible();
        assertThat(testbed.mailbox().take(address).link().orElseThrow()).isNotEqualTo(first);
        assertThat(console.focused(console.button("Send again"))).isTrue();
    }

    @Test
    void aRejectedInvitationShowsTheReason() {
        String invited = msp.invited("rob-" + System.nanoTime() + "@refused.example", "Rob", "Rejected");
        console.at("/users/" + invited);
        assertThat(console.text("The invitation could not be emailed")).isVisible();
        assertThat(console.page()
                        .getByText(Pattern.compile("^The mail server rejected rob-.+Correct the email address")))
                .isVisible();
    }

    @Test
    void aLockoutIsShownAndEnded() {
        Person mistaken = new Person(person.id(), person.username(), "mistaken");
        await().until(() -> {
            Login guess = testbed.login(Application.WISE_SYNC);
            guess.password(guess.start(), mistaken);
            return isLockedOut();
        });
        console.at("/users/" + person.id());
        assertThat(console.page().getByText(Pattern.compile("Locked out until .+\\d+:\\d\\d")))
                .isVisible();
        console.button("Unlock").click();

        assertThat(console.text("Test Person can log in again")).isVisible();
        assertThat(console.button("Unlock")).hasCount(0);
        assertThat(isLockedOut()).isFalse();
    }

    private boolean isLockedOut() {
        return (boolean) testbed.realm()
                .attackDetection()
                .bruteForceUserStatus(person.id())
                .getOrDefault("disabled", false);
    }

    @Test
    void describesTheActivity() {
        testbed.logIn(person, Application.WISE_SYNC);
        console.at("/users/" + person.id());
        console.field("Last name").fill("Renamed");
        console.button("Save").click();

        Locator entries = list(console.page(), "Activity");
        assertThat(entries.first())
                .containsText("Details changed by " + msp.admin().username());
        assertThat(entries.first()).containsText("Last name: Person → Renamed");
        assertThat(entries.filter(new Locator.FilterOptions().setHasText("Logged in to Wise-Sync")))
                .hasCount(1);
        assertThat(entries.last()).hasText(Pattern.compile("^.+ \\d+:\\d\\d.+User account created by Wise-Sync$"));

        Locator sessions = list(console.page(), "Sessions");
        assertThat(sessions).hasText(Pattern.compile("^Wise-SyncLogged in since .+, from .+Last used on .+$"));
        console.button("Log out everywhere").click();
        assertThat(console.dialog()).containsText("Log out Test Renamed everywhere?");
        console.inDialog("Log out everywhere").click();
        assertThat(console.text("Test Renamed was logged out everywhere")).isVisible();
        assertThat(console.text("Not logged in anywhere.")).isVisible();
        assertThat(testbed.realm().users().get(person.id()).getUserSessions()).isEmpty();
    }

    @Test
    void asksBeforeUnsavedChangesAreLost() {
        console.at("/users/" + person.id());
        console.field("First name").fill("Unsaved");
        console.link("Users").first().click();

        assertThat(console.dialog()).containsText("Leave without saving?");
        console.inDialog("Stay on this page").click();
        assertThat(console.field("First name")).hasValue("Unsaved");
        console.page().getByRole(AriaRole.TAB).last().click();
        assertThat(console.dialog()).containsText("Leave without saving?");
        console.inDialog("Leave without saving").click();
        assertThat(console.text("Autotask password").first()).isVisible();
    }

    private static Locator list(Page page, String name) {
        return page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName(name))
                .getByRole(AriaRole.LISTITEM);
    }

    private UserRepresentation now() {
        return testbed.realm().users().get(person.id()).toRepresentation();
    }
}
