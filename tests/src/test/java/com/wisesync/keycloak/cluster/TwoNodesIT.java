package com.wisesync.keycloak.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.lifecycle.Events;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.admin.client.resource.OrganizationResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Changes on one node are visible on the other at once: with the next request, without waiting for a cache to expire.
 */
@Tag("full")
class TwoNodesIT {

    private final Cluster cluster = Cluster.get();

    @BeforeAll
    static void disableQuickLoginCheck() {
        Testbed.setQuickLoginCheck(Cluster.get().realm(0), false);
    }

    @AfterAll
    static void enableQuickLoginCheck() {
        Testbed.setQuickLoginCheck(Cluster.get().realm(0), true);
    }

    @Test
    void aSessionOfOneNodeIsValidAtTheOther() {
        Person person = user();
        Tokens first = cluster.logInAt(0, person, Application.WISE_SYNC);

        Tokens second = first.refreshed(cluster.node(1), Application.WISE_SYNC);

        assertThat(second.accessClaims().path("sid"))
                .isEqualTo(first.accessClaims().path("sid"));
    }

    @Test
    void aSessionEndedAtOneNodeIsInvalidAtTheOther() {
        Tokens tokens = cluster.logInAt(0, user(), Application.WISE_SYNC);
        assertThat(refreshAt(1, tokens).status()).isEqualTo(200);

        cluster.realm(0).deleteSession(tokens.accessClaims().path("sid").asText(), false);

        assertThat(refreshAt(1, tokens).status()).isEqualTo(400);
    }

    @Test
    void sessionsEndedThroughTheAdminApiAtOneNodeAreInvalidAtTheOther() {
        String account = cluster.people(0).account("other", "one");
        Person person = cluster.people(0).create(account, "user", "one");
        Tokens tokens = cluster.logInAt(1, person, Application.WISE_SYNC);
        assertThat(userinfoAt(1, tokens)).isEqualTo(200);

        assertThat(cluster.serviceApiAt(0)
                        .delete("/accounts/" + account + "/users/" + person.id() + "/sessions")
                        .status())
                .isEqualTo(204);

        assertThat(userinfoAt(1, tokens)).isEqualTo(401);
        assertThat(refreshAt(1, tokens).status()).isEqualTo(400);
    }

    @Test
    void aPasswordSetAtOneNodeEndsTheSessionsOfTheOther() {
        Person person = user();
        Tokens tokens = cluster.logInAt(1, person, Application.WISE_SYNC);
        assertThat(userinfoAt(1, tokens)).isEqualTo(200);

        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("another-password");
        cluster.realm(0).users().get(person.id()).resetPassword(password);

        assertThat(userinfoAt(1, tokens)).isEqualTo(401);
        assertThat(refreshAt(1, tokens).status()).isEqualTo(400);
    }

    /** Wrong passwords on both nodes are counted together. */
    @Test
    void aUserUnlockedAtOneNodeLogsInAtTheOther() {
        String account = cluster.people(0).account("other", "one");
        Person person = cluster.people(0).create(account, "user", "one");
        String user = "/accounts/" + account + "/users/" + person.id();
        for (int failures = 1; failures <= 10; failures++) {
            passwordAt(failures % 2, new Person(person.id(), person.username(), "mistaken"));
            int expected = failures;
            await().until(() -> (int) cluster.realm(1)
                            .attackDetection()
                            .bruteForceUserStatus(person.id())
                            .getOrDefault("numFailures", 0)
                    >= expected);
        }
        assertThat(passwordAt(1, person).has(Login.CODE)).isFalse();
        assertThat(cluster.serviceApiAt(0).get(user).json().path("lockedUntil").asText(""))
                .isNotEmpty();

        assertThat(cluster.serviceApiAt(0).post(user + "/unlock", null).status())
                .isEqualTo(204);

        assertThat(passwordAt(1, person).has(Login.CODE)).isTrue();
    }

    @Test
    void changesAtBothNodesReachAnApplicationInTheirOrder() {
        Person person = cluster.people(0).create(cluster.people(0).account("other", "one"), "user", "one");
        for (int change = 1; change <= 20; change++) {
            UserResource user = cluster.realm(change % 2).users().get(person.id());
            UserRepresentation changed = user.toRepresentation();
            changed.setFirstName("Change " + change);
            user.update(changed);
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(namesSentOf(person)).endsWith("Change 20"));
        List<Integer> numbers = namesSentOf(person).stream()
                .filter(name -> name.startsWith("Change "))
                .map(name -> Integer.valueOf(name.substring("Change ".length())))
                .toList();
        assertThat(numbers).isSorted();
    }

    private List<String> namesSentOf(Person person) {
        return cluster.wisePay().eventExchanges().stream()
                .filter(exchange -> exchange.status() == 200
                        && exchange.uri().toString().endsWith("=wise-sync-app")
                        && exchange.requestBody().contains(person.id()))
                .map(exchange -> Events.json(exchange.requestBody())
                        .at("/user/firstName")
                        .asText())
                .toList();
    }

    @Test
    void requestedPasswordLinksAreCountedOverBothNodes() {
        Person person = user();
        Person witness = user();
        for (int i = 0; i < 7; i++) {
            requestPasswordLinkAt(i % 2, person);
        }
        requestPasswordLinkAt(1, witness);

        // Requests of one client address are handled in order: this one is handled after all others.
        cluster.mailbox().take(witness.username());
        await().untilAsserted(() ->
                assertThat(cluster.mailbox().all(person.username())).hasSize(5));
    }

    @ParameterizedTest
    @CsvSource({"4, true", "5, false"})
    void wrongCodesAreCountedOverBothNodes(int wrong, boolean rightOneIsTaken) {
        Person person = user();
        // One login on each node, each with its own code.
        Login[] logins = new Login[2];
        WebPage[] pages = new WebPage[2];
        String[] codes = new String[2];
        for (int node = 0; node < 2; node++) {
            logins[node] = cluster.loginAt(node, Application.WISE_SYNC);
            pages[node] = logins[node].password(logins[node].start(), person);
            codes[node] = cluster.mailbox().takeCode(person.username());
        }
        for (int i = 0; i < wrong; i++) {
            int node = i % 2;
            cluster.pointAt(node);
            pages[node] = logins[node].code(pages[node], codes[node].equals("000000") ? "000001" : "000000");
        }

        cluster.pointAt(1);
        WebPage page = logins[1].code(pages[1], codes[1]);

        assertThat(page.has(Login.NOT_NOW) || logins[1].done(page)).isEqualTo(rightOneIsTaken);
    }

    @Test
    void aCompanyChangedAtOneNodeIsInTheNextTokenOfTheOther() {
        String account = cluster.people(0).account("other", "one");
        Person admin = cluster.people(0).create(account, "account-admin");
        Tokens tokens = cluster.logInAt(1, admin, Application.WISE_SYNC);
        assertThat(companies(tokens)).containsExactly("one");

        OrganizationResource organization = cluster.realm(0).organizations().get(account);
        OrganizationRepresentation now = organization.toRepresentation();
        now.singleAttribute("company.two", "Two").singleAttribute("company.two.package", "myob");
        organization.update(now).close();

        assertThat(companies(tokens.refreshed(cluster.node(1), Application.WISE_SYNC)))
                .containsExactlyInAnyOrder("one", "two");

        Api api = cluster.serviceApiAt(0);
        String companies = "/accounts/" + account + "/companies/";
        assertThat(api.put(companies + "three", Map.of("name", "Three", "package", "xero"))
                        .status())
                .isEqualTo(200);
        assertThat(companies(tokens.refreshed(cluster.node(1), Application.WISE_SYNC)))
                .containsExactlyInAnyOrder("one", "two", "three");

        assertThat(api.delete(companies + "two").status()).isEqualTo(200);
        assertThat(companies(tokens.refreshed(cluster.node(1), Application.WISE_SYNC)))
                .containsExactlyInAnyOrder("one", "three");
    }

    @Test
    void aRoleChangedAtOneNodeIsInTheNextTokenOfTheOther() {
        Person person = user();
        Tokens tokens = cluster.logInAt(1, person, Application.WISE_SYNC);
        assertThat(tokens.accessClaims().path("account_role").asText()).isEqualTo("user");

        cluster.people(0).grant(person.id(), "account-admin");

        JsonNode claims =
                tokens.refreshed(cluster.node(1), Application.WISE_SYNC).accessClaims();
        assertThat(claims.path("account_role").asText()).isEqualTo("account-admin");
        assertThat(claims.path("company_access").asText()).isEqualTo("all");
    }

    @Test
    void aUserDisabledAtOneNodeIsLoggedOutAtTheOtherAndReportedOnce() {
        Person person = user();
        cluster.wisePay().addOneOfEach(person.id());
        Tokens tokens = cluster.logInAt(1, person, Application.WISE_SYNC);
        assertThat(refreshAt(1, tokens).status()).isEqualTo(200);

        disableAt(0, person);

        assertThat(userinfoAt(1, tokens)).isEqualTo(401);
        assertThat(refreshAt(1, tokens).status()).isEqualTo(400);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(cluster.wisePay().linksOf(person.id()))
                        .hasSize(3)
                        .noneMatch(link -> link.active()));
        assertThat(cluster.wisePay().deactivationsOf(person.id()))
                .singleElement()
                .satisfies(received -> assertThat(received.times()).isEqualTo(1));

        enableAt(0, person, true);

        assertThat(refreshAt(1, tokens).status())
                .as("the token of a session that ended with the disable")
                .isEqualTo(400);
    }

    @Test
    void aScimTokenRevokedAtOneNodeIsInvalidAtTheOther() {
        String account = cluster.people(0).account("other", "one");
        String tokens = "/accounts/" + account + "/scim/tokens";
        JsonNode token = cluster.serviceApiAt(0).post(tokens, null).json();
        Api scim = new Api(
                cluster.node(1).url() + "/realms/wise-sync/wise-sync/scim/v2/" + account,
                () -> token.path("secret").asText());
        assertThat(scim.get("/Users").status()).isEqualTo(200);

        cluster.serviceApiAt(0).delete(tokens + "/" + token.path("id").asText());

        assertThat(scim.get("/Users").status()).isEqualTo(401);
    }

    private Person user() {
        return cluster.people(0).create(cluster.people(0).account("other", "one"), "user", "one");
    }

    private void disableAt(int node, Person person) {
        enableAt(node, person, false);
    }

    private void enableAt(int node, Person person, boolean enabled) {
        UserResource user = cluster.realm(node).users().get(person.id());
        UserRepresentation now = user.toRepresentation();
        now.setEnabled(enabled);
        user.update(now);
    }

    /** The page after the password. */
    private WebPage passwordAt(int node, Person person) {
        Login login = cluster.loginAt(node, Application.WISE_SYNC);
        return login.password(login.start(), person);
    }

    private void requestPasswordLinkAt(int node, Person person) {
        Login login = cluster.loginAt(node, Application.WISE_SYNC);
        WebPage forgotten = login.visitor().press(login.start(), "a[href*=reset-credentials]");
        login.visitor().submit(forgotten, "input[name=username]", Map.of("username", person.username()));
    }

    private int userinfoAt(int node, Tokens tokens) {
        return new Api(cluster.node(node).realmUrl(), tokens::access)
                .get("/protocol/openid-connect/userinfo")
                .status();
    }

    private Answer refreshAt(int node, Tokens tokens) {
        return Tokens.request(
                cluster.node(node),
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.refresh(),
                        "client_id",
                        "wise-sync-app",
                        "client_secret",
                        "wise-sync-app-secret"));
    }

    private static List<String> companies(Tokens tokens) {
        return tokens.accessClaims()
                .path("companies")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }
}
