package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import com.wisesync.keycloak.testing.WebPage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Notices about changes of a user account, with advice if someone else made them. */
class NoticesIT {

    private static final String HOSTILE = "<b>Bobby</b> {7*7} <#if 1> \u202E\"'";

    private final Testbed testbed = Testbed.get();

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void changesByOthersAreNotifiedInTheLanguageOfTheUser(String language) throws IOException {
        Person person = person(language, "O'Neil");
        String old = person.username();
        AuthenticatorApp.enrolledBy(person, testbed);
        assertNotice(old, "TWO_FACTOR_ADDED", language, "O'Neil", old);
        Api api = testbed.serviceApi();
        String user = user(person);

        done(api.delete(user + "/two-factor"));
        assertNotice(old, "TWO_FACTOR_REMOVED", language, "O'Neil", old);

        String username = "user-" + old;
        Map<String, Object> edit = UserBody.named("O'Neil", "Person", UserBody.edit("user", old, username, "acme-au"));
        done(api.put(user, edit));
        assertNotice(old, "USERNAME_CHANGED", language, "O'Neil", username);

        String email = "next-" + old;
        edit.put("email", email);
        done(api.put(user, edit));
        assertNotice(old, "EMAIL_CHANGED", language, "O'Neil", username);
        assertNotice(email, "EMAIL_CHANGED", language, "O'Neil", username);
    }

    /** A user with such a name must correct it at the next login, but still receives emails. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void markupInANameIsText(String language) throws IOException {
        Person person = person(language, HOSTILE);
        String user = user(person);

        done(testbed.serviceApi().put(user + "/password", Map.of("password", "another one")));
        assertNotice(person.username(), "PASSWORD_CHANGED", language, HOSTILE, person.username());

        done(testbed.serviceApi().post(user + "/disable", null));
        assertNotice(person.username(), "DISABLED", language, HOSTILE, person.username());
    }

    private Person person(String language, String firstName) {
        return testbed.people()
                .imported(DemoAccounts.ACME, firstName, Map.of("locale", language, "companies", "acme-au"));
    }

    private static String user(Person person) {
        return "/accounts/" + DemoAccounts.ACME + "/users/" + person.id();
    }

    @Test
    void anOwnNewEmailIsNotifiedAtBothAddressesOnceItIsConfirmed() throws IOException {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String email = UUID.randomUUID() + "@test.example";

        confirmNewAddress(person, person.username(), email);

        assertThat(stored(person).getUsername())
                .as("follows, because it was the old address")
                .isEqualTo(email);
        assertNotice(person.username(), "EMAIL_CHANGED", "en", "Test", email);
        assertNotice(email, "EMAIL_CHANGED", "en", "Test", email);
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        Person renamed = new Person(person.id(), email, person.password());
        assertThat(login.password(login.start(), renamed).has(Login.CODE)).isTrue();
    }

    @Test
    void anOwnNewEmailKeepsADifferentUsername() throws IOException {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        String old = person.username();
        String username = "user-" + old;
        UserRepresentation renamed = stored(person);
        renamed.setUsername(username);
        testbed.realm().users().get(person.id()).update(renamed);
        String email = UUID.randomUUID() + "@test.example";

        confirmNewAddress(new Person(person.id(), username, person.password()), old, email);

        assertThat(stored(person).getUsername()).isEqualTo(username);
        assertNotice(old, "EMAIL_CHANGED", "en", "Test", username);
        assertNotice(email, "EMAIL_CHANGED", "en", "Test", username);
    }

    private void confirmNewAddress(Person person, String old, String email) {
        // A link contains its time in seconds: one from the same second as the password counts as older.
        long created = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > created);
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        WebPage code = login.password(login.start("kc_action", "UPDATE_EMAIL"), person);
        WebPage form = login.code(code, testbed.mailbox().takeCode(old));
        login.visitor().submit(form, "input[name=email]", Map.of("email", email));

        Mail confirm = testbed.mailbox().take(email);
        assertThat(stored(person).getEmail()).as("before it is confirmed").isEqualTo(old);
        assertThat(Jsoup.parse(confirm.html()).select("a[href]"))
                .isNotEmpty()
                .allSatisfy(
                        a -> assertThat(a.attr("href")).isEqualTo(confirm.link().orElseThrow()));
        WebPage landing = login.visitor().open(confirm.link().orElseThrow());
        assertThat(stored(person).getEmail()).as("before the click").isEqualTo(old);
        login.visitor().press(landing, "#wise-sync-link-confirm");

        assertThat(stored(person).getEmail()).isEqualTo(email);
    }

    private UserRepresentation stored(Person person) {
        return testbed.realm().users().get(person.id()).toRepresentation();
    }

    @Test
    void anOwnRemovedSecondFactorIsNotified() throws IOException {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        AuthenticatorApp app = AuthenticatorApp.enrolledBy(person, testbed);
        assertNotice(person.username(), "TWO_FACTOR_ADDED", "en", "Test", person.username());
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        WebPage asked = login.password(login.start("kc_action", "delete_credential:" + app.id()), person);

        WebPage confirm = login.code(asked, app.nextCode());
        assertThat(login.done(login.visitor().press(confirm, "#kc-accept"))).isTrue();

        assertNotice(person.username(), "TWO_FACTOR_REMOVED", "en", "Test", person.username());
    }

    @Test
    void aSecondFactorRemovedThroughKeycloaksOwnApiIsNotified() throws IOException {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        AuthenticatorApp app = AuthenticatorApp.enrolledBy(person, testbed);
        assertNotice(person.username(), "TWO_FACTOR_ADDED", "en", "Test", person.username());

        testbed.realm().users().get(person.id()).removeCredential(app.id());

        assertNotice(person.username(), "TWO_FACTOR_REMOVED", "en", "Test", person.username());
    }

    @Test
    void aPasswordInAnUpdateThroughKeycloaksOwnApiIsNotified() throws IOException {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        UserRepresentation changed = stored(person);
        changed.setLastName("Changed");
        testbed.realm().users().get(person.id()).update(changed);

        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("another one");
        changed.setCredentials(List.of(password));
        testbed.realm().users().get(person.id()).update(changed);

        assertNotice(person.username(), "PASSWORD_CHANGED", "en", "Test", person.username());
        assertThat(testbed.mailbox().all(person.username()))
                .as("of the password only")
                .hasSize(1);
    }

    @Test
    void aSecondFactorInAnUpdateThroughKeycloaksOwnApiIsNotified() throws IOException {
        Person person = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        UserRepresentation changed = stored(person);
        CredentialRepresentation app = new CredentialRepresentation();
        app.setType("otp");
        app.setSecretData("{\"value\":\"secret-of-an-app\"}");
        app.setCredentialData(
                "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
        changed.setCredentials(List.of(app));

        testbed.realm().users().get(person.id()).update(changed);

        assertNotice(person.username(), "TWO_FACTOR_ADDED", "en", "Test", person.username());
        assertThat(testbed.mailbox().all(person.username())).hasSize(1);
    }

    private void assertNotice(String address, String notice, String language, String firstName, String username)
            throws IOException {
        Properties texts = new Properties();
        try (Reader file = Files.newBufferedReader(SourceTree.root()
                .resolve("themes/src/main/resources/theme/wise-sync/email/messages/messages_" + language
                        + ".properties"))) {
            texts.load(file);
        }
        String key = "wiseSyncNotice." + notice;
        List<String> sentences = List.of(
                text(texts, "wiseSyncEmailHello", firstName),
                text(texts, key, "Wise-Sync", username),
                text(texts, key + ".notYou"),
                text(texts, "wiseSyncEmailFooter", "Wise-Sync"));

        Mail mail = testbed.mailbox().take(address);

        assertThat(mail.subject()).isEqualTo(text(texts, key + ".subject"));
        assertThat(mail.text()).contains(sentences).doesNotContain("<p", "</p");
        Document html = Jsoup.parse(mail.html());
        assertThat(html.text()).contains(sentences);
        assertThat(html.selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(html.select("b, a, img, script, link"))
                .as("no markup from user data, nothing that is loaded, no foreign link")
                .isEmpty();
    }

    /** With values filled in like Keycloak does, also for texts without values. */
    private static String text(Properties texts, String key, Object... values) {
        return new MessageFormat(texts.getProperty(key), Locale.ENGLISH).format(values);
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
    }
}
