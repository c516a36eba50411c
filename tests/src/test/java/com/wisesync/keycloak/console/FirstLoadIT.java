package com.wisesync.keycloak.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Response;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The size of the console's page, and the origins it may load from. */
class FirstLoadIT {

    private static final long BUDGET = 285_000;
    private static final long FONTS_BUDGET = 45_000;

    private static Browser browser;
    private static String session;

    @BeforeAll
    static void launch() {
        browser = Browser.launch();
        session = Console.session(Msp.with("other", Map.of("au", "Australia")).admin(), browser);
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void anAccountAdminsFirstLoadIsWithinItsBudget() throws IOException {
        FirstLoad load = FirstLoad.of(browser, session, address(), "table tbody tr");

        System.out.println("First load: " + load.bytes() + " bytes" + load.perFile());
        // Less would mean that a page was counted only in part.
        assertThat(load.bytes() - load.fontBytes()).as(load.perFile()).isBetween(150_000L, BUDGET);
        assertThat(load.fontBytes()).as(load.perFile()).isBetween(20_000L, FONTS_BUDGET);
        assertThat(load.paths())
                .filteredOn(path -> path.contains("/assets/"))
                .extracting(path -> path.substring(path.indexOf("assets/")))
                .as("what the build's own budget counts")
                .isNotEmpty()
                .isSubsetOf(countedByTheBuild());
    }

    @Test
    void thePolicyIsAHeaderAndAllowsNoInlineScript() {
        try (Console console = Console.resume(session, browser, Console.desktop())) {
            Response page = console.page().navigate(address());

            List<String> policies = page.headerValues("content-security-policy");
            assertThat(policies).hasSize(1);
            List<String> scripts = directive(policies.get(0), "script-src");
            assertThat(scripts).contains("'self'").doesNotContain("'unsafe-inline'", "'unsafe-eval'");
            assertThat(scripts).allMatch(source -> source.equals("'self'") || source.startsWith("'sha256-"));
            assertThat(directive(policies.get(0), "default-src")).containsExactly("'none'");
            assertThat(directive(policies.get(0), "frame-ancestors")).containsExactly("'self'");

            console.table().waitFor();
            console.page()
                    .evaluate("() => { const script = document.createElement('script');"
                            + " script.textContent = 'window.ran = true'; document.body.append(script); }");
            assertThat(console.page().evaluate("() => window.ran")).isNull();
            assertThat(browser.takeViolations()).singleElement().asString().contains("inline script");
        }
    }

    /** The files that the build counts, and the smaller language, which it does not count. */
    private static List<String> countedByTheBuild() throws IOException {
        Path counted = SourceTree.root().resolve("themes/target/first-load.json");
        List<String> files =
                new ArrayList<>(new ObjectMapper().readValue(counted.toFile(), new TypeReference<List<String>>() {}));
        try (Stream<Path> assets =
                Files.list(SourceTree.root().resolve("themes/target/classes/theme/wise-sync/admin/resources/assets"))) {
            assets.map(path -> "assets/" + path.getFileName())
                    .filter(path -> path.matches("assets/en-.*\\.js"))
                    .forEach(files::add);
        }
        return files;
    }

    private static String address() {
        return Testbed.get().server().url() + "/admin/wise-sync/console/";
    }

    private static List<String> directive(String policy, String name) {
        return Stream.of(policy.split(";"))
                .map(String::strip)
                .filter(directive -> directive.startsWith(name + " "))
                .flatMap(directive -> Stream.of(directive.split(" ")).skip(1))
                .toList();
    }
}
