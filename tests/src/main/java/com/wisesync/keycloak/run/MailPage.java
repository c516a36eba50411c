package com.wisesync.keycloak.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.testing.Html;
import com.wisesync.keycloak.testing.Mail;
import com.wisesync.keycloak.testing.Mailbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The mailbox as a page: the newest mail first, each as text and as HTML. */
final class MailPage {

    private final Mailbox mailbox;

    private MailPage(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    static void start(int port, Mailbox mailbox) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", new MailPage(mailbox)::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<Mail> mails = mailbox.all();
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/")) {
                send(exchange, 200, Html.page("Mailbox", list(mails)));
            } else if (path.matches("/\\d{1,6}") && number(path) < mails.size()) {
                send(exchange, 200, Html.still("Mailbox", one(mails.get(number(path)))));
            } else {
                send(exchange, 404, Html.still("Mailbox", "<p>No such mail. <a href=\"/\">All mails</a></p>"));
            }
        }
    }

    private static int number(String path) {
        return Integer.parseInt(path.substring(1));
    }

    private static String list(List<Mail> mails) {
        StringBuilder rows = new StringBuilder();
        for (int i = mails.size() - 1; i >= 0; i--) {
            Mail mail = mails.get(i);
            rows.append("<tr><td>%s</td><td><a href=\"/%d\">%s</a></td><td>%s</td></tr>"
                    .formatted(
                            Html.escape(mail.to()),
                            i,
                            Html.escape(mail.subject().isBlank() ? "(no subject)" : mail.subject()),
                            Html.escape(mail.code().orElse(""))));
        }
        return "<table><tr><th>To</th><th>Subject</th><th>Code</th></tr>%s</table>".formatted(rows);
    }

    // Emails contain user data: no script runs, nothing is loaded, no form is sent.
    private static String one(Mail mail) {
        return """
                <p><a href="/">All mails</a></p>
                <p>To: %s<br>Subject: %s</p>
                <h2>Text</h2><pre>%s</pre>
                <h2>HTML</h2>
                <iframe sandbox title="The mail as HTML" style="width:100%%;height:30rem" srcdoc="%s"></iframe>
                """.formatted(
                        Html.escape(mail.to()),
                        Html.escape(mail.subject()),
                        Html.escape(mail.text()),
                        Html.escape(mail.html()));
    }

    private static void send(HttpExchange exchange, int status, String page) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'");
        Html.send(exchange, status, "text/html; charset=utf-8", page);
    }
}
