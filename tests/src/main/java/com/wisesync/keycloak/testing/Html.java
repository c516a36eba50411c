package com.wisesync.keycloak.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** The HTML of the simulator's and the mailbox's pages. */
public final class Html {

    private Html() {}

    /** Escapes text for content and for quoted attributes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A page that reloads itself every two seconds. */
    public static String page(String title, String body) {
        return still(title, "<meta http-equiv=\"refresh\" content=\"2\">" + body);
    }

    /** A page that does not reload itself. */
    public static String still(String title, String body) {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8">
                <title>%s</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; max-width: 70rem }
                table { border-collapse: collapse; width: 100%% }
                th, td { border-bottom: 1px solid #ccc; padding: .4rem .8rem; text-align: left }
                .inactive { color: #a30000 }
                pre { white-space: pre-wrap }
                </style>
                <h1>%s</h1>
                %s
                </html>
                """.formatted(escape(title), escape(title), body);
    }

    public static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
