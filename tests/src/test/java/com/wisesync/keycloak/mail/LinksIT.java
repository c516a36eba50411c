package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.nimbusds.jwt.JWTParser;
import com.wisesync.keycloak.sessions.Receiver;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Query;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import com.wisesync.keycloak.testing.Visitor;
import com.wisesync.keycloak.testing.WebPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Emailed links: when they work, when they stop working, and the messages of their pages. */
class LinksIT {

    private static final String USERS = "/accounts/" + DemoAccounts.ACME + "/users";
    private static final String FORM = "#wise-sync-link-form input[name=password-new]";
    private static final String PROBLEM = "#wise-sync-link-problem";
    private static final String LOG_IN = "#wise-sync-link-log-in";

    private final Testbed testbed = Testbed.get();
    private final Api service = testbed.serviceApi();

    @Test
    void anInvitationNeedsAClickAndContinuesToTheApplicationWithASecondFactor()
            throws IOException, InterruptedException {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        Answer created = testbed.api(Person.ADA).post(USERS, body);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().path("invitation").path("state").asText()).isEqualTo("waiting");

        Mail mail = testbed.mailbox().take(address);
        assertThat(mail.subject()).isEqualTo("Your invitation");
        assertThat(mail.text())
                .contains("Ada", "invited you to Wise-Sync, account Acme MSP", "valid until", address)
                .as("where to log in later: the demo's application has no address")
                .contains("log in here: " + testbed.server().url() + Application.ACCOUNT_CONSOLE.redirect());
        await().atMost(Mailbox.TIMEOUT)
                .until(() -> invitation(created.createdId(), "state").equals("mailed"));
        assertThat(Instant.parse(invitation(created.createdId(), "expiresAt")))
                .isAfter(Instant.now().plusSeconds(6 * 86_400))
                .isBefore(Instant.now().plusSeconds(7 * 86_400 + 60));

        String link = mail.link().orElseThrow();
        scan(link);
        Visitor visitor = new Visitor(testbed.server());
        WebPage page = visitor.open(link);
        assertThat(page.text()).contains("Welcome to Wise-Sync, New", "Choose a password");
        assertThat(page.find("input[autocomplete=username]").orElseThrow().attr("value"))
                .isEqualTo(address);
        WebPage mismatch = visitor.submit(page, FORM, passwords("first one", "other one"));
        assertThat(mismatch.has(FORM)).as(mismatch.toString()).isTrue();
        WebPage tooShort = visitor.submit(mismatch, FORM, passwords("abc", "abc"));
        assertThat(tooShort.text()).contains("at least 6 characters");
        WebPage otherBrowser = new Visitor(testbed.server()).open(link);
        WebPage secondTab = visitor.open(link);
        WebPage code = visitor.submit(tooShort, FORM, passwords("first one", "first one"));

        assertThat(code.has(Login.CODE)).as(code.toString()).isTrue();
        assertThat(code.uri().getPath()).endsWith("/login-actions/authenticate");
        WebPage reloaded = visitor.open(code.uri().toString());
        assertThat(reloaded.has(Login.CODE)).as(reloaded.toString()).isTrue();
        assertThat(testbed.realm().users().get(created.createdId()).getUserSessions())
                .as("no session without a code")
                .isEmpty();
        assertThat(service.get(USERS + "/" + created.createdId()).json().has("invitation"))
                .isFalse();
        for (WebPage late : List.of(
                visitor.open(link),
                visitor.submit(secondTab, FORM, passwords("second one", "second one")),
                new Visitor(testbed.server()).submit(otherBrowser, FORM, passwords("third one", "third one")))) {
            assertThat(problem(late)).as(late.toString()).isEqualTo("invitation.USED");
            assertThat(late.find(LOG_IN).orElseThrow().attr("href")).endsWith(Application.ACCOUNT_CONSOLE.redirect());
        }
        WebPage offer = visitor.submit(
                reloaded, Login.CODE, Map.of("code", testbed.mailbox().takeCode(address)));
        WebPage application = visitor.press(offer, Login.NOT_NOW);
        assertThat(application.uri().getPath())
                .as("the demo's application has no address")
                .isEqualTo(Application.ACCOUNT_CONSOLE.redirect());
        assertThat(application.uri().getQuery())
                .as("nothing that would become part of the application's redirect URI")
                .isNull();
        Login login = new Login(testbed.server(), Application.WISE_SYNC, visitor);
        assertThat(login.tokens(login.start()).accessClaims().path("acr").asText())
                .as("logged in with both factors")
                .isEqualTo("2");
        assertThat(testbed.mailbox().all(address))
                .extracting(Mail::subject)
                .noneMatch(subject -> subject.contains("password"));
    }

    @Test
    void aChosenPasswordIsAskedForAgainWhenTheLoginStartsAgain() {
        Map<String, Object> body = newUser();
        body.put("role", "account-admin");
        body.put("companies", List.of());
        String address = (String) body.get("email");
        String id = service.post(USERS, body).createdId();
        Visitor visitor = new Visitor(testbed.server());
        WebPage code = visitor.submit(visitor.open(link(address)), FORM, passwords("first one", "first one"));
        assertThat(code.has(Login.CODE)).as(code.toString()).isTrue();

        WebPage restarted = visitor.press(code, "#wise-sync-other-account");
        assertThat(restarted.has(Login.PASSWORD)).as(restarted.toString()).isTrue();
        assertThat(restarted.has(Login.CODE)).isFalse();
        assertThat(testbed.realm().users().get(id).getUserSessions()).isEmpty();
        Login login = new Login(testbed.server(), Application.CONSOLE, visitor);
        WebPage console = login.through(restarted, new Person(id, address, "first one"), testbed.mailbox());
        assertThat(console.uri().getPath()).isEqualTo(Application.CONSOLE.redirect());
    }

    /** Otherwise a double click would show the answer to the second click. */
    @Test
    void anInvitationIsSubmittedOnce() {
        Map<String, Object> body = newUser();
        service.post(USERS, body);
        try (Browser browser = Browser.launch()) {
            Page page = browser.newPage();
            page.navigate(link((String) body.get("email")));

            assertThat(Browser.submitTwice(page, "#wise-sync-link-form")).containsExactly(true, false);
        }
    }

    @Test
    void anExpiredInvitationNamesItsSender() {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        RealmRepresentation before = testbed.realm().toRepresentation();
        RealmRepresentation shortLived = testbed.realm().toRepresentation();
        shortLived.getAttributes().put("wise-sync.invitation-lifespan", "1");
        testbed.realm().update(shortLived);
        try {
            testbed.api(Person.ADA).post(USERS, body);
            String link = link(address);
            await().until(() -> problem(link).equals("invitation.EXPIRED"));

            WebPage page = new Visitor(testbed.server()).open(link);
            assertThat(page.text()).contains("This invitation has expired. Ask Ada Archer to send it again.");
        } finally {
            testbed.realm().update(before);
        }
    }

    @Test
    void anInvitationIsReplacedByAnotherAndByACorrectedAddressAndCanBeRevoked() {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        String user = USERS + "/" + service.post(USERS, body).createdId();
        String first = link(address);

        assertThat(service.post(user + "/invitation", null).status()).isEqualTo(204);
        String second = link(address);
        assertThat(problem(first)).isEqualTo("invitation.REPLACED");
        assertThat(problem(second)).isEmpty();

        String corrected = "right-" + address;
        body.put("email", corrected);
        body.put("username", corrected);
        Answer edited = service.put(user, body);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        String third = link(corrected);
        assertThat(problem(second)).isEqualTo("invitation.REPLACED");
        assertThat(problem(third)).isEmpty();
        assertThat(testbed.mailbox().all(address)).as("notices").hasSize(2);

        assertThat(service.delete(user + "/invitation").status()).isEqualTo(204);
        assertThat(problem(third)).isEqualTo("invitation.REVOKED");
        assertThat(service.get(user).json().path("invitation").path("state").asText())
                .isEqualTo("revoked");
        assertThat(service.post(user + "/invitation", null).status()).isEqualTo(204);
        assertThat(problem(link(corrected))).isEmpty();
    }

    @Test
    void anInvitationThatWaitsForTheMailServerIsSentOnlyWhileItsLinkWouldWork() {
        RealmRepresentation working = testbed.realm().toRepresentation();
        RealmRepresentation down = testbed.realm().toRepresentation();
        down.setSmtpServer(Map.of("host", "localhost", "port", "1", "from", "no-reply@wise-sync.example"));
        Map<String, Object> again = newUser();
        Map<String, Object> revoked = newUser();
        String sentAgain;
        String revokedUser;
        testbed.realm().update(down);
        try {
            sentAgain = USERS + "/" + service.post(USERS, again).createdId();
            revokedUser = USERS + "/" + service.post(USERS, revoked).createdId();
            assertThat(service.post(sentAgain + "/invitation", null).status()).isEqualTo(204);
            assertThat(service.post(sentAgain + "/invitation", null).status()).isEqualTo(204);
            assertThat(service.delete(revokedUser + "/invitation").status()).isEqualTo(204);
        } finally {
            testbed.realm().update(working);
        }

        String address = (String) again.get("email");
        assertThat(problem(link(address))).isEmpty();
        assertThat(testbed.mailbox().all(address)).as("earlier invitations").hasSize(1);
        assertThat(service.get(revokedUser)
                        .json()
                        .path("invitation")
                        .path("state")
                        .asText())
                .isEqualTo("revoked");
        assertThat(service.post(revokedUser + "/invitation", null).status()).isEqualTo(204);
        // The emails of one queue are sent in order.
        String revokedAddress = (String) revoked.get("email");
        assertThat(problem(link(revokedAddress))).isEmpty();
        assertThat(testbed.mailbox().all(revokedAddress))
                .as("the invitation that was revoked")
                .hasSize(1);
    }

    @Test
    void aLinkThatDoesNotWorkOffersTheLoginOnlyToUsersWhoCanLogIn() {
        Map<String, Object> body = newUser();
        body.put("role", "account-admin");
        body.put("companies", List.of());
        String address = (String) body.get("email");
        String user = USERS + "/" + service.post(USERS, body).createdId();
        String revoked = link(address);
        service.delete(user + "/invitation");
        WebPage page = new Visitor(testbed.server()).open(revoked);
        assertThat(page.text()).contains("This invitation was revoked. Ask your account administrator.");
        assertThat(page.has(LOG_IN)).isFalse();

        service.post(user + "/invitation", null);
        String invitation = link(address);
        service.put(user + "/password", Map.of("password", "another one"));
        page = new Visitor(testbed.server()).open(invitation);
        assertThat(page.text()).contains("You already have a password. Log in with it");
        assertThat(page.has(LOG_IN)).isTrue();

        service.post(user + "/disable", null);
        page = new Visitor(testbed.server()).open(invitation);
        assertThat(problem(page)).isEqualTo("invitation.DISABLED");
        assertThat(page.has(LOG_IN)).isFalse();
    }

    @Test
    void supportLogsInToTheConsoleAfterChoosingANewPassword() {
        Person support = testbed.people().create(null, "support");
        Visitor visitor = new Visitor(testbed.server());

        WebPage form = visitor.open(requestedLink(support));
        WebPage done = visitor.submit(form, FORM, passwords("another one", "another one"));

        assertThat(done.find(LOG_IN).orElseThrow().attr("href")).endsWith("/admin/wise-sync/console/");
    }

    @Test
    void anInvitationEndsWithADisableAndIsSentAgainAtEnabling() {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        String id = service.post(USERS, body).createdId();
        link(address);
        await().atMost(Mailbox.TIMEOUT).until(() -> invitation(id, "state").equals("mailed"));
        nextSecond();

        assertThat(service.post(USERS + "/" + id + "/disable", null).status()).isEqualTo(204);
        testbed.mailbox().take(address);
        assertThat(invitation(id, "state")).isEqualTo("expired");
        assertThat(Instant.parse(invitation(id, "expiresAt"))).isBeforeOrEqualTo(Instant.now());
        assertThat(service.post(USERS + "/" + id + "/enable", null).status()).isEqualTo(204);

        assertThat(problem(link(address))).isEmpty();
        await().atMost(Mailbox.TIMEOUT).until(() -> invitation(id, "state").equals("mailed"));
    }

    @Test
    void aCorrectedAddressIsNotNotifiedOfAChangeBeforeTheUserHasAcceptedTheInvitation() {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        String user = USERS + "/" + service.post(USERS, body).createdId();
        link(address);
        assertThat(service.delete(user + "/invitation").status()).isEqualTo(204);

        String corrected = "right-" + address;
        body.put("email", corrected);
        body.put("username", corrected);
        assertThat(service.put(user, body).status()).isEqualTo(200);
        assertThat(service.post(user + "/invitation", null).status()).isEqualTo(204);

        assertThat(testbed.mailbox().take(corrected).subject()).isEqualTo("Your invitation");
        assertThat(testbed.mailbox().all(corrected)).hasSize(1);
        assertThat(testbed.mailbox().all(address)).as("the invitation").hasSize(1);
    }

    @Test
    void anAddressThatIsCorrectedInKeycloaksOwnConsoleGetsTheInvitation() {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        String id = service.post(USERS, body).createdId();
        String first = link(address);
        UserResource stock = testbed.realm().users().get(id);
        UserRepresentation user = stock.toRepresentation();
        String corrected = "right-" + address;
        user.setEmail(corrected);
        stock.update(user);

        Mail mail = testbed.mailbox().take(corrected);
        assertThat(mail.subject()).isEqualTo("Your invitation");
        assertThat(problem(mail.link().orElseThrow())).isEmpty();
        assertThat(problem(first)).isEqualTo("invitation.REPLACED");
        assertThat(testbed.mailbox().all(address)).as("the first invitation").hasSize(1);

        assertThat(service.delete(USERS + "/" + id + "/invitation").status()).isEqualTo(204);
        user.setEmail("again-" + address);
        stock.update(user);
        assertThat(invitation(id, "state")).isEqualTo("revoked");
    }

    @Test
    void onlyAnInvitationSetsTheFirstPasswordAndNoLinkDoesAfterItWasRevoked() {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        Answer created = service.post(USERS, body);
        String user = USERS + "/" + created.createdId();
        link(address);
        testbed.realm().users().get(created.createdId()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        String stock = link(address);
        assertThat(problem(stock)).isEmpty();
        Person witness = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String answer = request(witness.username()).text();
        testbed.mailbox().take(witness.username());

        assertThat(request(address).text()).isEqualTo(answer);
        assertThat(service.delete(user + "/invitation").status()).isEqualTo(204);
        assertThat(request(address).text()).isEqualTo(answer);
        // Requests of one client address are handled in order: this one is handled after all others.
        request(witness.username());
        testbed.mailbox().take(witness.username());

        assertThat(problem(stock)).isEqualTo("REVOKED");
        assertThat(service.post(user + "/reset-password", null).status()).isEqualTo(204);
        Mail again = testbed.mailbox().take(address);
        assertThat(again.subject()).as("of an administrator").isEqualTo("Your invitation");
        assertThat(problem(again.link().orElseThrow())).isEmpty();
        assertThat(testbed.mailbox().all(address)).as("no password link").hasSize(3);
    }

    /** Like a user who logs in at an identity provider: there is a last login, and no password. */
    @Test
    void aUserWhoHasLoggedInWithoutAPasswordIsNotInvitedAnyMore() {
        Map<String, Object> body = newUser();
        String address = (String) body.get("email");
        String id = service.post(USERS, body).createdId();
        String user = USERS + "/" + id;
        String invitation = link(address);
        assertThat(service.get(USERS + "?invited=true&search=" + address)
                        .json()
                        .path("total")
                        .asInt())
                .isOne();
        Visitor visitor = new Visitor(testbed.server());
        WebPage code = visitor.submit(visitor.open(invitation), FORM, passwords("first one", "first one"));
        visitor.press(
                visitor.submit(
                        code, Login.CODE, Map.of("code", testbed.mailbox().takeCode(address))),
                Login.NOT_NOW);
        UserResource stock = testbed.realm().users().get(id);
        stock.credentials().stream()
                .filter(credential -> credential.getType().equals("password"))
                .forEach(password -> stock.removeCredential(password.getId()));

        assertThat(service.get(user).json().has("invitation")).isFalse();
        assertThat(service.get(USERS + "?invited=true&search=" + address)
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(service.get(USERS + "?invited=false&search=" + address)
                        .json()
                        .path("total")
                        .asInt())
                .isOne();
        assertThat(problem(invitation)).isEqualTo("invitation.NOT_NEEDED");
        assertThat(service.post(user + "/invitation", null).status()).isEqualTo(409);
        request(address);
        Mail link = testbed.mailbox().take(address);
        assertThat(link.subject()).isEqualTo("Choose a new password");
        assertThat(problem(link.link().orElseThrow())).isEmpty();
    }

    @Test
    void aPasswordLinkEndsWithANewPasswordANewerLinkANewEmailAndADisable() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String user = USERS + "/" + person.id();
        String requested = requestedLink(person);
        assertThat(problem(requested)).isEmpty();

        service.post(user + "/reset-password", null);
        Mail sent = testbed.mailbox().take(person.username());
        assertThat(sent.text()).contains("sent you this link").doesNotContain("hopefully");
        String newer = sent.link().orElseThrow();
        assertThat(problem(requested)).isEqualTo("REPLACED");
        service.put(user + "/password", Map.of("password", "another one"));
        assertThat(problem(newer)).isEqualTo("USED");

        Person other = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        nextSecond();
        String beforeDisable = requestedLink(other);
        service.post(USERS + "/" + other.id() + "/disable", null);
        assertThat(problem(beforeDisable)).isEqualTo("DISABLED");
        service.post(USERS + "/" + other.id() + "/enable", null);
        assertThat(problem(beforeDisable)).isEqualTo("OUTDATED");

        Person third = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String beforeEmail = requestedLink(third);
        Map<String, Object> edit = newUser();
        edit.put("username", third.username());
        Answer edited = service.put(USERS + "/" + third.id(), edit);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        assertThat(problem(beforeEmail)).isEqualTo("OUTDATED");
    }

    @Test
    void keycloaksOwnLinkNeedsAClickAndEndsWithANewPassword() throws IOException, InterruptedException {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        nextSecond();
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        String link = link(person.username());
        scan(link);
        Visitor visitor = new Visitor(testbed.server());
        WebPage landing = visitor.open(link);
        assertThat(landing.has("#wise-sync-link-confirm"))
                .as(landing.toString())
                .isTrue();
        WebPage form = visitor.press(landing, "#wise-sync-link-confirm");
        assertThat(form.has("input[name=password-new]")).as(form.toString()).isTrue();

        nextSecond();
        service.put(USERS + "/" + person.id() + "/password", Map.of("password", "another one"));
        assertThat(problem(link)).isEqualTo("USED");
        assertOutdated(visitor.submit(form, "input[name=password-new]", passwords("intruder's", "intruder's")));
        Person changed = new Person(person.id(), person.username(), "another one");
        Login login = testbed.login(Application.WISE_SYNC);
        assertThat(login.done(login.through(login.start(), changed, testbed.mailbox())))
                .as("the password of the administrator")
                .isTrue();
    }

    @Test
    void keycloaksOwnLinkReplacesEveryEarlierLink() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        nextSecond();
        String requested = requestedLink(person);
        nextSecond();
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        String stock = link(person.username());
        assertThat(problem(requested)).isEqualTo("REPLACED");
        assertThat(problem(stock)).isEmpty();

        nextSecond();
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        String newer = link(person.username());

        assertThat(problem(stock)).isEqualTo("REPLACED");
        assertThat(problem(newer)).isEmpty();
    }

    /** Keycloak's tokens have the second in which they were issued. */
    @Test
    void ofKeycloaksOwnLinksOfOneSecondOnlyTheLastWorks() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String first;
        String second;
        do {
            nextSecond();
            first = stockLink(person);
            second = stockLink(person);
        } while (issuedAt(first) != issuedAt(second));

        assertThat(problem(first)).isEqualTo("REPLACED");
        assertThat(problem(second)).isEmpty();
    }

    private String stockLink(Person person) {
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        return link(person.username());
    }

    private static long issuedAt(String link) {
        try {
            return JWTParser.parse(Query.of(URI.create(link)).get("key"))
                    .getJWTClaimsSet()
                    .getIssueTime()
                    .toInstant()
                    .getEpochSecond();
        } catch (ParseException e) {
            throw new IllegalArgumentException(link, e);
        }
    }

    @Test
    void theOpenFormOfKeycloaksOwnLinkEndsWithADisable() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        nextSecond();
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD"));
        Visitor visitor = new Visitor(testbed.server());
        WebPage form = visitor.press(visitor.open(link(person.username())), "#wise-sync-link-confirm");
        assertThat(form.has("input[name=password-new]")).as(form.toString()).isTrue();

        service.post(USERS + "/" + person.id() + "/disable", null);
        service.post(USERS + "/" + person.id() + "/enable", null);

        assertOutdated(visitor.submit(form, "input[name=password-new]", passwords("intruder's", "intruder's")));
        Login login = testbed.login(Application.WISE_SYNC);
        assertThat(login.done(login.through(login.start(), person, testbed.mailbox())))
                .as("the old password")
                .isTrue();
    }

    private static void assertOutdated(WebPage page) {
        assertThat(page.status()).as(page.toString()).isEqualTo(403);
        assertThat(page.text()).contains("Your password was changed");
        assertThat(page.has("#wise-sync-log-in-again")).isTrue();
    }

    @Test
    void aLinkOpenedByAnotherUserOffersToLogOutAndContinue() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(testbed.realm());
            receiver.unavailable(true);
            aLinkLogsOutOf(application);

            // The request has not called the application: that call would not be repeated.
            receiver.unavailable(false);
            await().until(() -> receiver.received().size() == 1);
        }
    }

    private void aLinkLogsOutOf(Application application) {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Person other = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String link = requestedLink(person);
        Login login = testbed.login(application);
        login.as(other, testbed.mailbox());

        WebPage page = login.visitor().open(link);
        assertThat(page.text()).contains("You are logged in as " + other.username());
        assertThat(page.has(FORM)).isFalse();
        WebPage form = login.visitor().press(page, "#wise-sync-link-log-out");
        WebPage done = login.visitor().submit(form, FORM, passwords("another one", "another one"));

        assertThat(done.has("#wise-sync-link-done")).as(done.toString()).isTrue();
        assertThat(testbed.realm().users().get(other.id()).getUserSessions()).isEmpty();
    }

    @Test
    void fiveRequestedLinksAnHourAreSentAndTheAnswerStaysTheSame() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String answer = request(person.username()).text();
        for (int i = 0; i < 6; i++) {
            assertThat(request(person.username()).text()).isEqualTo(answer);
        }
        Person witness = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        request(witness.username());

        // Requests of one client address are handled in order: this one is handled after all others.
        testbed.mailbox().take(witness.username());
        await().atMost(Mailbox.TIMEOUT)
                .untilAsserted(() ->
                        assertThat(testbed.mailbox().all(person.username())).hasSize(5));
        assertThat(request(UUID.randomUUID() + "@unknown.example").text()).isEqualTo(answer);
    }

    private WebPage request(String username) {
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage forgotten = login.visitor().press(login.start(), "a[href*=reset-credentials]");
        return login.visitor().submit(forgotten, "input[name=username]", Map.of("username", username));
    }

    private String requestedLink(Person person) {
        request(person.username());
        return link(person.username());
    }

    private String link(String address) {
        return testbed.mailbox().take(address).link().orElseThrow();
    }

    /** The reason why the link does not work, as shown on its page; empty if it works. */
    private String problem(String link) {
        return problem(new Visitor(testbed.server()).open(link));
    }

    private static String problem(WebPage page) {
        return page.find(PROBLEM).map(element -> element.attr("data-problem")).orElse("");
    }

    /** The link of an own new email, which only the user's mailbox and Keycloak's pages are part of. */
    @Test
    void theConfirmationOfANewEmailSaysWhatToDoNext() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        nextSecond();
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        login.as(person, testbed.mailbox());
        String typo = UUID.randomUUID() + "@test.example";
        String email = UUID.randomUUID() + "@test.example";
        enterEmail(login, typo);
        String replaced = link(typo);

        // At once, though Keycloak waits half a minute between two emails.
        enterEmail(login, email);
        String current = link(email);
        WebPage again = enterEmail(login, email);
        assertThat(again.text()).contains("You can send the email again in");

        assertThat(problem(replaced)).isEqualTo("confirmation.REPLACED");
        assertThat(problem(current)).isEmpty();
        Visitor visitor = new Visitor(testbed.server());
        visitor.press(visitor.open(current), "#wise-sync-link-confirm");
        assertThat(problem(current)).isEqualTo("confirmation.DONE");
    }

    @Test
    void theConfirmationOfANewEmailEndsWithANewPassword() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        nextSecond();
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        login.as(person, testbed.mailbox());
        String email = UUID.randomUUID() + "@test.example";
        enterEmail(login, email);
        String link = link(email);
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("another one");
        testbed.realm().users().get(person.id()).resetPassword(password);

        WebPage page = new Visitor(testbed.server()).open(link);

        assertThat(problem(page)).isEqualTo("confirmation.USED");
        assertThat(page.text()).contains("request another email").doesNotContain("Forgot password");
    }

    private static WebPage enterEmail(Login login, String email) {
        WebPage form = login.start("kc_action", "UPDATE_EMAIL");
        return login.visitor().submit(form, "input[name=email]", Map.of("email", email));
    }

    @Test
    void anIncompleteLinkSaysHowToOpenIt() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        service.post("/accounts/" + DemoAccounts.ACME + "/users/" + person.id() + "/reset-password", null);
        String link = link(person.username());
        String start = link.substring(0, link.indexOf("key=") + "key=".length());
        String key = link.substring(start.length()).split("&", 2)[0];

        assertThat(List.of(
                        start + key.substring(0, key.length() / 2),
                        start + key.substring(0, key.length() - 3),
                        start + key.substring(0, key.lastIndexOf('.')),
                        start,
                        start.substring(0, start.indexOf('?'))))
                .allSatisfy(broken -> {
                    WebPage page = new Visitor(testbed.server()).open(broken);
                    assertThat(page.status()).isEqualTo(400);
                    assertThat(page.text()).contains("This link is incomplete.");
                });
        assertThat(problem(link)).as("the complete one").isEmpty();
    }

    /** Requests the link like a link scanner. */
    private static void scan(String link) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link));
        client.send(request.method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        for (int i = 0; i < 2; i++) {
            client.send(request.GET().build(), BodyHandlers.discarding());
        }
    }

    private static void nextSecond() {
        long second = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > second);
    }

    private String invitation(String id, String field) {
        return service.get(USERS + "/" + id)
                .json()
                .path("invitation")
                .path(field)
                .asText();
    }

    private static Map<String, String> passwords(String password, String again) {
        return Map.of("password-new", password, "password-confirm", again);
    }

    private static Map<String, Object> newUser() {
        return UserBody.named("New", "Comer", UserBody.newUser("user", UUID.randomUUID() + "@test.example", "acme-au"));
    }
}
