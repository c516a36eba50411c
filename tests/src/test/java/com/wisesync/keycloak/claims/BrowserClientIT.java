package com.wisesync.keycloak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** An application without a server part, on another origin, in a browser with all its checks. */
class BrowserClientIT {

    private final Testbed testbed = Testbed.get();

    @Test
    void logsInAndReadsItsClaims() throws IOException {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        byte[] html = Files.readAllBytes(SourceTree.tests().resolve("resources/browser-client.html"));
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
                exchange.sendResponseHeaders(200, html.length);
                exchange.getResponseBody().write(html);
            }
        });
        application.start();
        try (Browser browser = Browser.launch()) {
            Page page = browser.newPage();
            page.navigate("http://localhost:%d/?realm=%s"
                    .formatted(
                            application.getAddress().getPort(),
                            URLEncoder.encode(testbed.server().realmUrl(), StandardCharsets.UTF_8)));
            new BrowserLogin(page, testbed.mailbox()).as(user);
            Locator result = page.locator("#result:not(:empty)");
            result.waitFor();

            JsonNode claims = new ObjectMapper().readTree(result.textContent());
            assertThat(claims.path("sub").asText()).isEqualTo(user.id());
            assertThat(claims.path("companies")).extracting(JsonNode::asText).containsExactly("acme-au");
        } finally {
            application.stop(0);
        }
    }
}
