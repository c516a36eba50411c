package com.wisesync.keycloak.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import java.util.List;

/**
 * The consequences of an invalid combination of account, role, companies and names, however it came about.
 *
 * @param stock the stock admin API of the realm
 */
record NoAccess(Server server, Api stock, Mailbox mailbox) {

    private static final Application CONSOLE = Application.CONSOLE;

    /** No login to an application, no claims, no access to our API. */
    void has(Person person, String obstacle, String account) {
        Login login = new Login(server, Application.WISE_SYNC);
        assertRefused(login.through(login.start(), person, mailbox), obstacle);
        hasNoClaims(person);
        Api api = adminApi(new Login(server, console()).as(person, mailbox));
        boolean member = stock.get("/organizations/" + account + "/members/" + person.id())
                        .status()
                == 200;
        assertThat(api.get("/accounts").status()).isEqualTo(403);
        assertThat(List.of(
                        api.get("/accounts/" + account).status(),
                        api.get("/accounts/" + account + "/users").status(),
                        api.get("/accounts/" + account + "/users/" + person.id())
                                .status()))
                .containsOnly(member ? 403 : 404);
    }

    /** The same, and a warning for the account. */
    void has(Person person, String obstacle, String account, String warning) {
        has(person, obstacle, account);
        assertThat(warnings(account)).contains(warning);
    }

    void hasNoClaims(Person person) {
        assertThat(claims(person))
                .allSatisfy(claims -> assertThat(claims.hasNonNull("sub")).isTrue())
                .noneSatisfy(claims -> assertThat(claims.has("account")).isTrue())
                .noneSatisfy(claims -> assertThat(claims.has("account_role")).isTrue())
                .noneSatisfy(claims -> assertThat(claims.has("companies")).isTrue());
    }

    List<String> warnings(String account) {
        Answer answer = adminApi(Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret"))
                .get("/accounts/" + account);
        assertThat(answer.json().path("warnings").findValuesAsText("message")).noneMatch(String::isBlank);
        return answer.json().path("warnings").findValuesAsText("key");
    }

    static void assertRefused(WebPage page, String obstacle) {
        assertThat(page.find("#wise-sync-no-entry")
                        .orElseThrow(() -> new AssertionError("Not refused: " + page))
                        .attr("data-obstacle"))
                .isEqualTo(obstacle);
    }

    /** The claims that Keycloak would put into tokens and userinfo if there were a login. */
    private List<JsonNode> claims(Person person) {
        String client = stock.get("/clients?clientId=wise-sync-app")
                .json()
                .path(0)
                .path("id")
                .asText();
        String examples = "/clients/%s/evaluate-scopes/generate-example-%s?scope=openid&userId=%s";
        return List.of("access-token", "id-token", "userinfo").stream()
                .map(kind ->
                        stock.get(examples.formatted(client, kind, person.id())).json())
                .toList();
    }

    private Api adminApi(Tokens tokens) {
        return new Api(server.apiUrl(), tokens::access);
    }

    private Application console() {
        String realm = server.realmUrl().substring(server.realmUrl().lastIndexOf('/') + 1);
        return new Application(CONSOLE.clientId(), CONSOLE.secret(), "/admin/" + realm + "/console/");
    }
}
