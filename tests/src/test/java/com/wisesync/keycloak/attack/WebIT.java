package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.Visitor;
import com.wisesync.keycloak.testing.WebPage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by another site through a browser: framing our pages, submitting their forms, open redirects. */
class WebIT {

    private static final String EVIL = "https://evil.example";
    private static final String RESEND = "#wise-sync-code-resend";

    private final Testbed testbed = Testbed.get();
    private final Server server = testbed.server();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/wise-sync/console/",
                "/realms/wise-sync/account/",
                "/realms/wise-sync/protocol/openid-connect/logout",
                "/realms/wise-sync/login-actions/authenticate?client_id=none&tab_id=none",
                "/realms/wise-sync/login-actions/action-token?key=none",
                "/realms/wise-sync/protocol/openid-connect/auth?client_id=none"
            })
    void noPageIsFramed(String path) {
        assertNotFramed(new Visitor(server).open(server.url() + path));
    }

    @Test
    void noPageOfALoginIsFramed() {
        Person person = newUser();
        Login login = login();
        WebPage password = login.start();
        WebPage code = login.password(password, person);
        WebPage offer = login.code(code, testbed.mailbox().takeCode(person.username()));

        assertThat(offer.has(Login.NOT_NOW)).isTrue();
        Stream.of(password, code, offer).forEach(WebIT::assertNotFramed);
    }

    /** The address of a form contains a session code, which no other site knows. */
    @Test
    void aFormOfAnotherSiteSubmitsNoPasswordAndNoCode() {
        Person person = newUser();
        Login login = login();
        WebPage first = login.start();
        Map<String, String> password = Map.of("username", person.username(), "password", person.password());
        WebPage unmoved = login.visitor().post(forged(first, Login.PASSWORD), password);
        assertThat(unmoved.has(Login.CODE)).isFalse();
        assertThat(testbed.mailbox().poll(person.username())).isEmpty();

        WebPage asked = login.password(login.start(), person);
        String code = testbed.mailbox().takeCode(person.username());
        WebPage still = login.visitor()
                .post(
                        forged(asked, Login.CODE),
                        Map.of(asked.find(Login.CODE).orElseThrow().attr("name"), code));
        assertThat(still.has(Login.NOT_NOW) || login.done(still)).isFalse();
        login.visitor().post(forged(asked, RESEND), Map.of("resend", "true"));
        assertThat(testbed.mailbox().poll(person.username())).isEmpty();

        WebPage offer = login.code(login.reload(), code);
        assertThat(offer.has(Login.NOT_NOW)).as(offer.toString()).isTrue();
        WebPage stays = login.visitor().post(forged(offer, Login.NOT_NOW), Map.of("not-now", "true"));
        assertThat(login.done(stays)).isFalse();
    }

    /** The address of a form of one login cannot be used to log in another browser. */
    @Test
    void aFormOfAnotherBrowserIsRefused() {
        Person attacker = newUser();
        Login attack = login();
        WebPage asked = attack.password(attack.start(), attacker);
        String code = testbed.mailbox().takeCode(attacker.username());
        String name = asked.find(Login.CODE).orElseThrow().attr("name");
        URI action = action(asked, Login.CODE);

        Visitor victim = new Visitor(server);
        WebPage page = victim.post(action, Map.of(name, code));
        Login silent = new Login(server, Application.WISE_SYNC, victim);

        assertThat(page.has(Login.NOT_NOW) || attack.done(page)).isFalse();
        assertThat(silent.done(silent.start("prompt", "none"))).isFalse();
    }

    @Test
    void aLogoutFromAnotherSiteAsksFirst() {
        Login login = login();
        login.as(newUser(), testbed.mailbox());

        login.visitor().open(server.realmUrl() + "/protocol/openid-connect/logout");
        login.visitor()
                .open(server.realmUrl() + "/protocol/openid-connect/logout?client_id=wise-sync-app"
                        + "&post_logout_redirect_uri=" + Application.WISE_SYNC.redirect());

        Login again = new Login(server, Application.WISE_SYNC, login.visitor());
        assertThat(again.done(again.start("prompt", "none")))
                .as("still logged in")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/realms/wise-sync/wise-sync/me", "/realms/wise-sync/account"})
    void otherOriginsCannotReadTheApis(String path) {
        Person person = testbed.people().create(DemoAccounts.ACME, "account-admin");
        String token = testbed.logIn(person, Application.CONSOLE).access();

        // Keycloak grants every preflight (Cors, 26.7); the call itself is refused.
        Answer answer = new Api(server.url(), () -> token)
                .send("GET", path, null, "Origin", EVIL, "Accept", "application/json");

        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "wise-sync-app, https://evil.example/",
        "wise-sync-app, http://localhost:9@evil.example/",
        "wise-sync-app, http://localhost.evil.example:9/",
        "wise-sync-app, //evil.example/",
        "wise-sync-app, javascript:alert(1)",
        "wise-sync-app, http://localhost:9/callback/../../..//evil.example",
        "wise-pay, https://evil.example/",
        "account-console, https://evil.example/realms/wise-sync/account/",
        "security-admin-console, https://evil.example/admin/wise-sync/console/",
        "security-admin-console, {server}@evil.example/admin/wise-sync/console/",
        "security-admin-console, {server}/admin/master/console/"
    })
    void noLoginRedirectsToAnotherSite(String client, String redirect) {
        String to = redirect.replace("{server}", server.url());
        WebPage page = new Visitor(server)
                .open(server.realmUrl() + "/protocol/openid-connect/auth?response_type=code&scope=openid&client_id="
                        + client + "&redirect_uri=" + URLEncoder.encode(to, StandardCharsets.UTF_8));

        if (to.contains("/../")) {
            // Paths below the application's URL belong to the application.
            assertThat(page.uri().getHost()).isEqualTo(URI.create(server.url()).getHost());
        } else {
            assertThat(page.status()).isEqualTo(400);
        }
        assertNoWayTo(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/wise-sync/protocol/openid-connect/logout?client_id=wise-sync-app&post_logout_redirect_uri={evil}",
                "/realms/wise-sync/protocol/openid-connect/logout?redirect_uri={evil}",
                "/realms/wise-sync/account/?referrer=wise-sync-app&referrer_uri={evil}",
                "/realms/wise-sync/account/?referrer=evil&referrer_uri={evil}",
                "/realms/wise-sync/login-actions/restart?client_id=wise-sync-app&tab_id=none&redirect_uri={evil}",
                "/realms/wise-sync/login-actions/action-token?key=none&redirect_uri={evil}",
                "/realms/wise-sync/clients/wise-sync-app/redirect?redirect_uri={evil}",
                "/admin/wise-sync/console/?redirect_uri={evil}",
                "/admin/wise-sync/console//evil.example",
                "/realms/wise-sync/account//evil.example"
            })
    void noPageSendsOrLinksToAnotherSite(String path) {
        String evil = URLEncoder.encode(EVIL, StandardCharsets.UTF_8);
        assertNoWayTo(new Visitor(server).open(server.url() + path.replace("{evil}", evil)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login_hint",
                "ui_locales",
                "kc_locale",
                "kc_action",
                "kc_idp_hint",
                "claims",
                "acr_values",
                "state"
            })
    void parametersOfALoginAreShownAsText(String parameter) {
        String payload = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

        WebPage page = login().start(parameter, payload);

        assertThat(page.document().select("img[src=x]")).isEmpty();
        assertThat(page.document().select("script"))
                .noneMatch(script -> script.data().contains("alert(1)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "error_description", "message", "client_id", "tab_id", "execution", "key"})
    void parametersOfAnErrorPageAreShownAsText(String parameter) {
        String payload =
                URLEncoder.encode("\"><script>alert(1)</script><img src=x onerror=alert(1)>", StandardCharsets.UTF_8);

        for (String path : List.of("authenticate", "action-token", "required-action", "restart")) {
            WebPage page = new Visitor(server)
                    .open(server.realmUrl() + "/login-actions/" + path + "?" + parameter + "=" + payload);
            assertThat(page.document().select("img[src=x]")).isEmpty();
            assertThat(page.document().select("script"))
                    .noneMatch(script -> script.data().contains("alert(1)"));
        }
    }

    private static void assertNotFramed(WebPage page) {
        assertThat(page.headers().firstValue("X-Frame-Options"))
                .as(page.toString())
                .hasValue("SAMEORIGIN");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'self'", "object-src 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    private void assertNoWayTo(WebPage page) {
        assertThat(page.uri().getHost()).isEqualTo(URI.create(server.url()).getHost());
        assertThat(page.document().select("[href], [action], [src]"))
                .noneMatch(element -> Stream.of("href", "action", "src")
                        .anyMatch(name -> element.absUrl(name).matches("https?://([^/]*@)?evil\\.example.*")));
    }

    private static URI action(WebPage page, String css) {
        return page.uri().resolve(page.find(css).orElseThrow().closest("form").attr("action"));
    }

    private static URI forged(WebPage page, String css) {
        return URI.create(action(page, css).toString().replaceAll("session_code=[^&]*&?", ""));
    }

    private Person newUser() {
        return testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    }

    private Login login() {
        return testbed.login(Application.WISE_SYNC);
    }
}
