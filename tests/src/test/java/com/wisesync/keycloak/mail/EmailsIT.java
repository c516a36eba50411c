package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The emails that users receive, and what happens if an email cannot be delivered. */
class EmailsIT {

    private static final String HOSTILE = "<b>Bobby</b> ${7*7} ${msg(\"doLogIn\")} \u202E\"'";

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();

    @Test
    void theEmailForANewPasswordIsWellFormed() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = login();
        WebPage forgotten = login.visitor().press(login.start(), "a[href*=reset-credentials]");
        login.visitor().submit(forgotten, "input[name=username]", Map.of("username", person.username()));

        assertWellMade(testbed.mailbox().take(person.username()), "Choose a new password", person);
    }

    @Test
    void theEmailOfKeycloaksOwnConsoleNamesWhatToDo() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PASSWORD", "CONFIGURE_TOTP"));

        Mail mail = testbed.mailbox().take(person.username());
        assertWellMade(mail, "Action required for your user account", person);
        assertThat(mail.text()).contains("Choose a password, Set up an authenticator app.");
        assertThat(Jsoup.parse(mail.html()).text()).contains("Choose a password, Set up an authenticator app.");
    }

    @Test
    void theEmailThatConfirmsAnAddressIsWellFormed() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        testbed.realm().users().get(person.id()).sendVerifyEmail();

        assertWellMade(testbed.mailbox().take(person.username()), "Confirm your email address", person);
    }

    @Test
    void emailsAreInTheUsersLanguageWithTheNameAsText() {
        Person person =
                testbed.people().imported(DemoAccounts.ACME, HOSTILE, Map.of("locale", "de", "companies", "acme-au"));
        Login login = login();
        login.password(login.start(), person);

        Mail mail = testbed.mailbox().take(person.username());

        assertThat(mail.subject()).contains("ist Ihr Anmeldecode");
        assertThat(mail.text())
                .contains("Guten Tag <b>Bobby</b> ${7*7} ${msg(\"doLogIn\")}")
                .contains("schließen Sie die Anmeldung ab");
        Document html = Jsoup.parse(mail.html());
        assertThat(html.selectFirst("html").attr("lang")).isEqualTo("de");
        assertThat(html.select("b")).isEmpty();
        assertThat(html.text()).contains("Guten Tag <b>Bobby</b>").doesNotContain("49 ");
    }

    /** Sent by the request of an administrator, whose language is another one. */
    @Test
    void keycloaksOwnEmailsAreInTheLanguageInWhichTheUserLastWorked() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = login();
        login.through(login.start("ui_locales", "de"), person, testbed.mailbox());

        testbed.realm().users().get(person.id()).executeActionsEmail(List.of("UPDATE_PROFILE"));

        Mail mail = testbed.mailbox().take(person.username());
        assertThat(mail.subject()).isEqualTo("Aktion für Ihr Benutzerkonto erforderlich");
        assertThat(mail.text()).contains("1 Tag gültig");
    }

    @Test
    void greetingsUseTheLastNameOrNoNameWithoutAFirstName() {
        Map.of("Müller", "Hello Müller,", "", "Hello,").forEach((lastName, greeting) -> {
            Person person = testbed.people().imported(DemoAccounts.ACME, "", lastName, Map.of("companies", "acme-au"));
            Login login = login();
            login.password(login.start(), person);

            Mail mail = testbed.mailbox().take(person.username());

            assertThat(mail.text()).startsWith(greeting);
            assertThat(Jsoup.parse(mail.html()).select("p").eachText()).contains(greeting);
        });
    }

    @Test
    void aLoginReportsThatTheMailServerIsDown() {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        RealmRepresentation realm = testbed.realm().toRepresentation();
        Map<String, String> working = Map.copyOf(realm.getSmtpServer());
        Login login = login();
        WebPage page;
        try {
            realm.setSmtpServer(Map.of("host", "localhost", "port", "1", "from", "no-reply@wise-sync.example"));
            testbed.realm().update(realm);
            page = login.password(login.start(), person);
        } finally {
            realm.setSmtpServer(working);
            testbed.realm().update(realm);
        }

        assertThat(page.has(Login.CODE)).isFalse();
        assertThat(page.text()).contains("could not be sent").contains("Try again");
        assertThat(errors(person, "SEND_VERIFY_EMAIL_ERROR")).containsExactly("email_send_failed");
        assertThat(testbed.mailbox().poll(person.username())).isEmpty();

        WebPage again = login.visitor().press(page, "#wise-sync-code-resend");
        assertThat(login.code(again, testbed.mailbox().takeCode(person.username()))
                        .has(Login.NOT_NOW))
                .isTrue();
    }

    private List<String> errors(Person person, String type) {
        return testbed.realm().getEvents(List.of(type), null, person.id(), null, null, null, 0, 100).stream()
                .map(EventRepresentation::getError)
                .toList();
    }

    private void assertWellMade(Mail mail, String subject, Person person) {
        assertThat(mail.subject()).isEqualTo(subject);
        assertThat(mail.text())
                .contains("Hello Test,")
                .contains(person.username())
                .doesNotContain("<p", "</", "wiseSync", "${");
        Document html = Jsoup.parse(mail.html());
        assertThat(html.text())
                .contains("Hello Test,")
                .contains(person.username())
                .doesNotContain("wiseSync", "${");
        String link = mail.link().orElseThrow();
        assertThat(link).startsWith(server.realmUrl() + "/login-actions/action-token?");
        assertThat(html.select("a[href]"))
                .allSatisfy(a -> assertThat(a.attr("href")).isEqualTo(link));
        assertThat(html.select("a[href]")).isNotEmpty();
        assertThat(html.select("img, script, link"))
                .as("what a mail program would have to fetch")
                .isEmpty();
    }

    private Login login() {
        return testbed.login(Application.WISE_SYNC);
    }
}
