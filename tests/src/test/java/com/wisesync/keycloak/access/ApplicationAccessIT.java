package com.wisesync.keycloak.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.Visitor;
import com.wisesync.keycloak.testing.WebPage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** Which users may enter which application, and the page that others see. */
class ApplicationAccessIT {

    private static final String REFUSAL = "#wise-sync-no-entry";
    private static final String OTHER_LOGIN = "#wise-sync-other-login";

    private final Testbed testbed = Testbed.get();

    @Test
    void usersOfAnotherRoleAreRefusedWithAReason() {
        Person merchant = testbed.people().create(DemoAccounts.ACME, "merchant-user");

        WebPage page = enter(merchant, Application.WISE_SYNC);

        assertThat(page.status()).isEqualTo(403);
        assertThat(obstacle(page)).isEqualTo("other-role");
        assertThat(page.text()).contains("Your role has no access to Wise-Sync", merchant.username());
        assertThat(refusals(merchant)).singleElement().satisfies(event -> {
            assertThat(event.getError()).isEqualTo("access_denied");
            assertThat(event.getDetails()).containsEntry("reason", "other-role");
        });
    }

    @Test
    void theReasonIsInTheLanguageOfTheUser() {
        Person merchant = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        Login login = testbed.login(Application.WISE_SYNC);

        WebPage page = login.through(login.start("ui_locales", "de"), merchant, testbed.mailbox());

        assertThat(page.text()).contains("Mit Ihrer Rolle", "Als jemand anderes anmelden");
    }

    @Test
    void aRefusedApplicationIsReportedBeforeTheCodeWithALinkToTheOther() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = testbed.login(Application.WISE_PAY);
        setBaseUrl("http://localhost/wise-sync");
        try {
            WebPage page = login.password(login.start(), user);

            assertThat(obstacle(page)).isEqualTo("other-role");
            assertThat(page.text())
                    .contains("This applies to the user account " + user.username())
                    .doesNotContain("You are logged in");
            assertThat(testbed.mailbox().poll(user.username())).isEmpty();
            assertThat(page.find("#wise-sync-other-application").orElseThrow().text())
                    .isEqualTo("Open Wise-Sync");
        } finally {
            setBaseUrl("");
        }
    }

    /** The applications of the demo have no base URL. */
    private void setBaseUrl(String url) {
        ClientRepresentation client =
                testbed.realm().clients().findByClientId("wise-sync-app").get(0);
        client.setBaseUrl(url);
        testbed.realm().clients().get(client.getId()).update(client);
    }

    @Test
    void everyRoleEntersTheApplicationsInTheTable() {
        assertThat(enters("account-admin", Application.WISE_SYNC)).isTrue();
        assertThat(enters("account-admin", Application.WISE_PAY)).isTrue();
        assertThat(enters("merchant-admin", Application.WISE_PAY)).isTrue();
        assertThat(enters("merchant-admin", Application.WISE_SYNC)).isFalse();
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        assertThat(done(user, Application.WISE_SYNC)).isTrue();
        assertThat(done(user, Application.WISE_PAY)).isFalse();
    }

    @Test
    void aRefusedUserCanLogInAsAnotherUser() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Person merchant = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        Login login = testbed.login(Application.WISE_PAY);
        WebPage refused = login.through(login.start(), user, testbed.mailbox());

        WebPage again = login.visitor().press(refused, OTHER_LOGIN);

        assertThat(again.has(Login.PASSWORD)).isTrue();
        assertThat(login.done(login.through(again, merchant, testbed.mailbox())))
                .isTrue();
    }

    @Test
    void aSessionOfAnotherApplicationGivesNoAccessAndContinues() {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Visitor visitor = new Visitor(testbed.server());
        Login wiseSync = new Login(testbed.server(), Application.WISE_SYNC, visitor);
        wiseSync.through(wiseSync.start(), user, testbed.mailbox());

        WebPage refused = new Login(testbed.server(), Application.WISE_PAY, visitor).start();

        assertThat(obstacle(refused)).isEqualTo("other-role");
        assertThat(wiseSync.done(wiseSync.start())).isTrue();
    }

    @Test
    void aBrokenCombinationHasNoAccess() {
        assertThat(obstacleOf(testbed.people().create(null, "user"))).isEqualTo("no-account");
        assertThat(obstacleOf(testbed.people().create(DemoAccounts.ACME, null))).isEqualTo("no-role");
        assertThat(obstacleOf(testbed.people().create(DemoAccounts.ACME, "user")))
                .isEqualTo("no-company");
        Person inTwo = testbed.people().create(DemoAccounts.ACME, "account-admin");
        testbed.people().join(inTwo.id(), DemoAccounts.GLOBEX);
        assertThat(obstacleOf(inTwo)).isEqualTo("no-account");
        assertThat(obstacleOf(Person.SAM)).isEqualTo("no-account");
    }

    @Test
    void aDisabledAccountIsClosedEverywhere() {
        String account = testbed.people().account("other", "one");
        Person admin = testbed.people().create(account, "account-admin");
        Tokens console = testbed.logIn(admin, Application.ACCOUNT_CONSOLE);
        OrganizationRepresentation organization =
                testbed.realm().organizations().get(account).toRepresentation();
        organization.setEnabled(false);
        testbed.realm().organizations().get(account).update(organization).close();

        Api accountApi = new Api(testbed.server().realmUrl(), console::access);
        assertThat(accountApi
                        .send("GET", "/account/", null, "Accept", "application/json")
                        .status())
                .isEqualTo(401);
        assertThat(accountApi.post("/account/", Map.of("firstName", "Late")).status())
                .isEqualTo(401);
        assertThat(obstacleOf(admin)).isEqualTo("account-disabled");
        assertThat(obstacle(enter(admin, Application.ACCOUNT_CONSOLE))).isEqualTo("account-disabled");
    }

    private boolean enters(String role, Application application) {
        return done(testbed.people().create(DemoAccounts.ACME, role), application);
    }

    private boolean done(Person person, Application application) {
        return testbed.login(application).done(enter(person, application));
    }

    private String obstacleOf(Person person) {
        return obstacle(enter(person, Application.WISE_SYNC));
    }

    private WebPage enter(Person person, Application application) {
        Login login = testbed.login(application);
        return login.through(login.start(), person, testbed.mailbox());
    }

    private static String obstacle(WebPage page) {
        return page.find(REFUSAL)
                .orElseThrow(() -> new AssertionError("Not refused: " + page))
                .attr("data-obstacle");
    }

    private List<EventRepresentation> refusals(Person person) {
        return testbed.realm().getEvents(List.of("LOGIN_ERROR"), null, person.id(), null, null, null, null, null);
    }
}
