package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.UserBody;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Users whose credentials, email or username are changed by someone else are notified, at the old address too, and
 * logged out.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ChangeNoticesIT {

    private static final Testbed BED = Testbed.get();
    private static final String USERS = "/accounts/" + DemoAccounts.ACME + "/users/";

    private final Person admin = BED.people().create(DemoAccounts.ACME, "account-admin");
    private final Api api = BED.api(BED.logIn(admin, Application.CONSOLE).access());
    private Person person;

    @BeforeEach
    void aUserIsLoggedIn() {
        person = BED.people().create(DemoAccounts.ACME, "user", "acme-au");
        BED.logIn(person, Application.WISE_SYNC);
        assertThat(sessions(person)).isOne();
    }

    @Test
    void aChangedEmailIsNotifiedAtBothAddressesAndEndsSessions() {
        String address = UUID.randomUUID() + "@new.example";

        assertThat(api.put(USERS + person.id(), edit("Test", address, address)).status())
                .isEqualTo(200);

        assertThat(notice(person.username()).subject()).isEqualTo("Your email address was changed");
        assertThat(notice(address).subject()).isEqualTo("Your email address was changed");
        assertThat(sessions(person)).isZero();
    }

    @Test
    void aChangedUsernameIsNotifiedAndEndsSessions() {
        String username = UUID.randomUUID() + "@name.example";

        assertThat(api.put(USERS + person.id(), edit("Test", person.username(), username))
                        .status())
                .isEqualTo(200);

        assertThat(notice(person.username()).subject()).isEqualTo("Your username was changed");
        assertThat(sessions(person)).isZero();
    }

    @Test
    void aNewPasswordIsNotifiedAndEndsSessions() {
        assertThat(api.put(USERS + person.id() + "/password", Map.of("password", "another one"))
                        .status())
                .isEqualTo(204);

        assertThat(notice(person.username()).subject()).isEqualTo("Your password was changed");
        assertThat(sessions(person)).isZero();
    }

    @Test
    void removedSecondFactorsAreNotifiedAndEndSessions() {
        Person withDevice = BED.people().withDevice(DemoAccounts.ACME, "user", "acme-au");

        assertThat(api.delete(USERS + withDevice.id() + "/two-factor").status()).isEqualTo(204);

        assertThat(notice(withDevice.username()).subject()).isEqualTo("A second factor was removed");
        assertThat(sessions(withDevice)).isZero();
    }

    @Test
    void aChangedNameEndsNoSession() {
        assertThat(api.put(USERS + person.id(), edit("New", person.username(), person.username()))
                        .status())
                .isEqualTo(200);

        assertThat(sessions(person)).isOne();
    }

    @Test
    void aRefusedChangeOfTheOwnEmailSendsNoNotice() {
        Person another = BED.people().create(DemoAccounts.ACME, "account-admin");
        Api own = BED.api(BED.logIn(another, Application.CONSOLE).access());
        String address = UUID.randomUUID() + "@own.example";
        Map<String, Object> edit = UserBody.edit("account-admin", address, address);

        assertThat(own.put(USERS + another.id(), edit).status()).isEqualTo(403);

        assertThat(BED.mailbox().poll(another.username())).isEmpty();
        assertThat(own.get("/me").json().path("username").asText()).isEqualTo(another.username());
    }

    /** The next email that contains no code. */
    private static Mail notice(String address) {
        Mailbox mailbox = BED.mailbox();
        Mail mail = mailbox.take(address);
        return mail.code().isPresent() ? notice(address) : mail;
    }

    private static int sessions(Person person) {
        return BED.realm().users().get(person.id()).getUserSessions().size();
    }

    private static Map<String, Object> edit(String firstName, String email, String username) {
        return UserBody.named(firstName, "Person", UserBody.edit("user", email, username, "acme-au"));
    }
}
