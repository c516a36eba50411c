package com.wisesync.keycloak.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.House;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The console in a browser, and what a test wants to know about it. */
final class Console {

    private static final Path AXE = House.root().resolve("themes/node_modules/axe-core/axe.min.js");
    private static final String RUN_AXE =
            "async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations"
                    + ".map(v => ({ rule: v.id, where: v.nodes.map(n => n.html).slice(0, 3) })))";

    private final Testbed testbed;
    private final Page page;

    Console(Testbed testbed, Page page) {
        this.testbed = testbed;
        this.page = page;
    }

    Page page() {
        return page;
    }

    Console openAs(Person person) {
        page.navigate(address(""));
        new BrowserLogin(page, testbed.mailbox()).as(person);
        return this;
    }

    Console at(String place) {
        page.navigate(address("#" + place));
        return this;
    }

    /** Takes a picture, for whoever wants to see what the tests saw. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(House.target().resolve("screenshots").resolve(name + ".png")));
    }

    /** What axe has to say about the page. */
    List<String> accessibilityViolations() {
        try {
            page.evaluate(Files.readString(AXE));
            JsonNode violations = new ObjectMapper().readTree((String) page.evaluate(RUN_AXE));
            return StreamSupport.stream(violations.spliterator(), false)
                    .map(JsonNode::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String address(String hash) {
        return testbed.server().url() + "/admin/wise-sync/console/" + hash;
    }
}
