package com.wisesync.keycloak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * A browser without JavaScript, for tests that need no real one: keeps cookies, follows redirects within the server,
 * submits forms.
 */
public final class Visitor {

    private static final int MOST_REDIRECTS = 20;

    private final CookieManager cookies = new LocalCookies();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final Server server;
    private final String address;

    public Visitor(Server server) {
        this(server, null);
    }

    /** @param address of the client, for a server that trusts a proxy's {@code X-Forwarded-For}; null for the real one */
    public Visitor(Server server, String address) {
        this.server = server;
        this.address = address;
    }

    public CookieManager cookies() {
        return cookies;
    }

    public WebPage open(String url) {
        return follow(HttpRequest.newBuilder(URI.create(url)));
    }

    /** Sends a form with these fields only, as a page of another site could. */
    public WebPage post(URI action, Map<String, String> fields) {
        return follow(HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Query.encode(fields))));
    }

    /** Fills in and submits the form that contains the given element. */
    public WebPage submit(WebPage page, String css, Map<String, String> typed) {
        FormElement form = page.formWith(css);
        Map<String, String> fields = WebPage.fields(form);
        fields.putAll(typed);
        return submit(page, form, fields);
    }

    /** Presses one of several buttons of a form, or follows a link. */
    public WebPage press(WebPage page, String css) {
        Element pressed = page.find(css).orElseThrow(() -> new AssertionError("No %s on %s".formatted(css, page)));
        if (pressed.tagName().equals("a")) {
            return open(page.uri().resolve(pressed.attr("href")).toString());
        }
        FormElement form = page.formWith(css);
        Map<String, String> fields = WebPage.fields(form);
        if (pressed.hasAttr("name")) {
            fields.put(pressed.attr("name"), pressed.attr("value"));
        }
        return submit(page, form, fields);
    }

    private WebPage submit(WebPage page, FormElement form, Map<String, String> fields) {
        return post(page.uri().resolve(form.attr("action")), fields);
    }

    private WebPage follow(HttpRequest.Builder first) {
        HttpRequest request = request(first);
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpResponse<String> response = send(request);
            URI here = request.uri();
            if (response.statusCode() / 100 != 3) {
                Document document = Jsoup.parse(response.body(), here.toString());
                return new WebPage(here, response.statusCode(), response.headers(), document);
            }
            URI next = here.resolve(response.headers().firstValue("Location").orElseThrow());
            if (elsewhere(next)) {
                return new WebPage(next, response.statusCode(), response.headers(), Jsoup.parse(""));
            }
            request = request(HttpRequest.newBuilder(next));
        }
        throw new AssertionError("Too many redirects, the last one to " + request.uri());
    }

    private HttpRequest request(HttpRequest.Builder request) {
        if (address != null) {
            request.header("X-Forwarded-For", address);
        }
        return request.timeout(Duration.ofSeconds(60)).build();
    }

    // A redirect to an application: the caller reads the result from the address.
    private boolean elsewhere(URI uri) {
        Query query = Query.of(uri);
        return !uri.toString().startsWith(server.url())
                || (query.has("code") && query.has("state") && !uri.getPath().contains("/broker/"));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
