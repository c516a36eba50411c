package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.CredentialRepresentation;

/** Keycloak stores an Autotask account as a credential: it cannot be used to log in, and its user cannot change it. */
class NotForLoggingInIT {

    private static final String TYPE = "autotask-account";
    private static final String USERNAME = UUID.randomUUID() + "@autotask.example";
    private static final String PASSWORD = "autotask-password";

    private final Testbed testbed = Testbed.get();
    private final String account = testbed.people().account("autotask", "one");
    private final String user = "/accounts/" + account + "/users/";
    private Person person;

    /** If only users with a second factor must use it, an account counted as one would be noticed. */
    @BeforeEach
    void store() {
        Answer found = testbed.serviceApi().get("/accounts/" + account);
        testbed.serviceApi()
                .put(
                        "/accounts/" + account,
                        Map.of(
                                "name",
                                found.json().path("name").asText(),
                                "psa",
                                "autotask",
                                "twoFactorMode",
                                "optional",
                                "enabled",
                                true));
        person = testbed.people().create(account, "user", "one");
        assertThat(testbed.serviceApi()
                        .put(
                                user + person.id() + "/autotask-account",
                                Map.of("username", USERNAME, "password", PASSWORD))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_autotask_account_is_not_a_second_factor() {
        Login login = testbed.login(Application.WISE_SYNC);

        assertThat(login.done(login.password(login.start(), person))).isTrue();
        assertThat(testbed.serviceApi()
                        .get(user + person.id())
                        .json()
                        .path("twoFactor")
                        .asBoolean())
                .isFalse();
        assertThat(testbed.serviceApi().get(user + person.id() + "/two-factor").json())
                .isEmpty();
    }

    @Test
    void an_autotask_account_cannot_be_used_to_log_in() {
        for (String username : new String[] {USERNAME, person.username()}) {
            Login login = testbed.login(Application.WISE_SYNC);

            WebPage page = login.password(login.start(), new Person(person.id(), username, PASSWORD));

            assertThat(page.has(Login.PASSWORD)).isTrue();
            assertThat(page.text()).contains("Invalid username or password");
        }
    }

    @Test
    void the_account_console_neither_offers_nor_shows_nor_deletes_it() {
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        Tokens tokens = login.tokens(login.password(login.start(), person));
        Api console = new Api(testbed.server().realmUrl() + "/account", tokens::access);

        Answer shown = console.send("GET", "/credentials", null, "Accept", "application/json");
        Answer asked = console.send("GET", "/credentials?type=" + TYPE, null, "Accept", "application/json");
        Answer deleted = console.send("DELETE", "/credentials/" + row().getId(), null);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text()).contains("password").doesNotContain(TYPE, USERNAME);
        assertThat(asked.text()).doesNotContain(TYPE, USERNAME);
        assertThat(deleted.status()).isBetween(400, 405);
        assertThat(row()).isNotNull();
    }

    /** The action behind a link of the account console, opened by its address. */
    @Test
    void no_action_of_the_login_pages_deletes_it() {
        Login login = testbed.login(Application.ACCOUNT_CONSOLE);
        login.tokens(login.password(login.start(), person));
        String id = row().getId();

        WebPage page = new Login(testbed.server(), Application.ACCOUNT_CONSOLE, login.visitor())
                .start("kc_action", "delete_credential:" + id);
        if (page.has("#kc-accept, [name=accept]")) {
            login.visitor().press(page, "#kc-accept, [name=accept]");
        }

        assertThat(row().getId()).as(page.toString()).isEqualTo(id);
    }

    private CredentialRepresentation row() {
        return testbed.realm().users().get(person.id()).credentials().stream()
                .filter(credential -> TYPE.equals(credential.getType()))
                .findFirst()
                .orElseThrow();
    }
}
