package com.wisesync.keycloak.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A login to an application, page by page: code flow with PKCE, as a browser without JavaScript. */
public final class Login {

    /** The field for an emailed code or one of an app. */
    public static final String CODE = "input[autocomplete=one-time-code]";

    // On a page without a password where a realm with organizations keeps Keycloak's own browser flow.
    private static final String USERNAME = "#kc-form-login input[name=username]";

    public static final String PASSWORD = "input[name=password]";
    public static final String NOT_NOW = "[name=not-now]";

    private static final int MOST_PAGES = 8;
    private static final int MOST_TRIES = 200;
    private static final String BUSY = "at the same moment";

    private final Server server;
    private final Application application;
    private final Visitor visitor;
    private String tab;
    private final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();

    public Login(Server server, Application application, Visitor visitor) {
        this.server = server;
        this.application = application;
        this.visitor = visitor;
    }

    public Login(Server server, Application application) {
        this(server, application, new Visitor(server));
    }

    public Visitor visitor() {
        return visitor;
    }

    /** The authorization URL. Further parameters come in pairs of name and value. */
    public String address(String... further) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", application.clientId());
        parameters.put("redirect_uri", application.redirect(server));
        parameters.put("response_type", "code");
        parameters.put("scope", "openid");
        parameters.put("state", "state");
        parameters.put("nonce", "nonce");
        parameters.put("code_challenge", challenge(verifier));
        parameters.put("code_challenge_method", "S256");
        for (int i = 0; i < further.length; i += 2) {
            parameters.put(further[i], further[i + 1]);
        }
        return server.realmUrl() + "/protocol/openid-connect/auth?" + Query.encode(parameters);
    }

    /** The first page. */
    public WebPage start(String... further) {
        LastSessionEnd.awaitNextSecond();
        return visitor.open(address(further));
    }

    /** The current page of this login, as after a reload. */
    public WebPage reload() {
        return visitor.open(server.realmUrl() + "/login-actions/authenticate?" + tab());
    }

    /** The query parameters that identify this login, after the password was entered. */
    public String tab() {
        return Query.encode(Map.of("client_id", application.clientId(), "tab_id", tab));
    }

    /** Enters username and password on the first page. */
    public WebPage password(WebPage page, Person person) {
        Map<String, String> typed = new LinkedHashMap<>();
        if (page.has(USERNAME)) {
            typed.put("username", person.username());
        }
        typed.put("password", person.password());
        tab = Query.of(URI.create(page.formWith(PASSWORD).attr("action"))).get("tab_id");
        return visitor.submit(page, PASSWORD, typed);
    }

    /** Repeats while Keycloak answers that it still checks an earlier code of this user. */
    public WebPage code(WebPage page, String code) {
        WebPage answer = codeOnce(page, code);
        for (int i = 0; i < MOST_TRIES && answer.has(CODE) && answer.text().contains(BUSY); i++) {
            answer = codeOnce(answer, code);
        }
        return answer;
    }

    public WebPage codeOnce(WebPage page, String code) {
        String name = page.find(CODE)
                .orElseThrow(() -> new AssertionError("No code asked on " + page))
                .attr("name");
        return visitor.submit(page, CODE, Map.of(name, code));
    }

    /** Whether the login has ended with a code at the application. */
    public boolean done(WebPage page) {
        return page.uri().toString().startsWith(application.redirect(server))
                && Query.of(page.uri()).has("code");
    }

    public Tokens tokens(WebPage page) {
        if (!done(page)) {
            throw new AssertionError("Not logged in: " + page);
        }
        return tokens(page.uri());
    }

    /** The tokens for the code in the address of the final redirect. */
    public Tokens tokens(URI redirected) {
        return Tokens.forCode(server, application, Query.of(redirected).get("code"), verifier);
    }

    /** The token request of the application, for tests that expect a refusal. */
    public Map<String, String> exchange(WebPage page) {
        return Tokens.exchange(server, application, Query.of(page.uri()).get("code"), verifier);
    }

    /** The whole login: password, emailed code, and "Not now" if an app is offered. */
    public Tokens as(Person person, Mailbox mailbox) {
        return tokens(through(start(), person, mailbox));
    }

    /** Continues from any page to the application, or to a page that asks for something else. */
    public WebPage through(WebPage from, Person person, Mailbox mailbox) {
        mailbox.forget(person.username());
        return through(from, person, () -> mailbox.takeCode(person.username()));
    }

    /** Continues like {@link #through(WebPage, Person, Mailbox)}, with codes of an authenticator app, for example. */
    public WebPage through(WebPage from, Person person, Supplier<String> codes) {
        WebPage page = from;
        for (int i = 0; i < MOST_PAGES && !done(page); i++) {
            if (page.has(PASSWORD)) {
                page = password(page, person);
            } else if (page.has(USERNAME)) {
                page = visitor.submit(page, USERNAME, Map.of("username", person.username()));
            } else if (page.has(CODE)) {
                page = code(page, codes.get());
            } else if (page.has(NOT_NOW)) {
                page = visitor.press(page, NOT_NOW);
            } else {
                break;
            }
        }
        return page;
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
