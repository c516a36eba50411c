package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.microsoft.playwright.Page;
import com.wisesync.keycloak.console.FirstLoad;
import com.wisesync.keycloak.testing.Browser;
import com.wisesync.keycloak.testing.BrowserLogin;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Our list of users compared with the one of Keycloak's own console: same users, server and browser, alternating; each
 * time with an empty cache and a logged in user. Started by {@code mvn -Pbenchmark verify
 * -Dbenchmark=ConsoleBenchmark}.
 */
public final class ConsoleBenchmark {

    private static final int PEOPLE = 30;
    private static final String TABLE = "table tbody tr";

    private final Testbed testbed = Testbed.get();
    private final int rounds = System.getProperty("benchmark.quick") == null ? 9 : 3;

    private ConsoleBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        new ConsoleBenchmark().run();
    }

    private void run() throws Exception {
        People people = testbed.people();
        String account = people.account("other", "company");
        Person admin = people.create(account, "account-admin");
        for (int i = 0; i < PEOPLE; i++) {
            people.create(account, "user", "company");
        }
        try (Browser browser = Browser.launch()) {
            String extension =
                    session(browser, Server.REALM, page -> new BrowserLogin(page, testbed.mailbox()).as(admin));
            String stock = session(browser, "master", page -> {
                page.locator("input[name=username]").fill(Server.ADMIN);
                page.locator("input[name=password]").fill(Server.ADMIN);
                page.locator("#kc-login").click();
            });
            report(measure(
                    () -> FirstLoad.of(browser, extension, url(Server.REALM, "#/users"), TABLE),
                    () -> FirstLoad.of(browser, stock, url("master", "#/" + Server.REALM + "/users"), TABLE)));
        }
    }

    private String session(Browser browser, String realm, Consumer<Page> login) {
        try (Page page = browser.newPage()) {
            page.navigate(url(realm, ""));
            login.accept(page);
            page.locator(".pf-v5-c-masthead").waitFor();
            return page.context().storageState();
        }
    }

    /** The first round is not measured: it warms up server and browser. */
    @SuppressWarnings("ReturnValueIgnored")
    private List<Row> measure(Supplier<FirstLoad> extension, Supplier<FirstLoad> stock) {
        extension.get();
        stock.get();
        List<Double> ratios = new ArrayList<>();
        List<FirstLoad> extensionLoads = new ArrayList<>();
        List<FirstLoad> stockLoads = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean extensionFirst = round % 2 == 0;
            FirstLoad first = (extensionFirst ? extension : stock).get();
            FirstLoad second = (extensionFirst ? stock : extension).get();
            extensionLoads.add(extensionFirst ? first : second);
            stockLoads.add(extensionFirst ? second : first);
            ratios.add((double) extensionLoads.get(round).millis()
                    / stockLoads.get(round).millis());
        }
        double extensionFonts = kilobytes(extensionLoads, FirstLoad::fontBytes);
        double stockFonts = kilobytes(stockLoads, FirstLoad::fontBytes);
        double extensionBytes = kilobytes(extensionLoads, load -> load.bytes() - load.fontBytes());
        double stockBytes = kilobytes(stockLoads, load -> load.bytes() - load.fontBytes());
        return List.of(
                Row.compared(
                        "console: time until the users are there",
                        "stock console, its users page",
                        "ms p50",
                        millis(extensionLoads),
                        millis(stockLoads),
                        ratios,
                        atMost(0.30)),
                Row.counted(
                        "console: first load over the wire without fonts, kB",
                        "stock console, its users page",
                        "kB",
                        extensionBytes,
                        stockBytes,
                        extensionBytes,
                        atMost(285)),
                Row.counted(
                        "console: fonts of the first load, kB",
                        "stock console, its users page",
                        "kB",
                        extensionFonts,
                        stockFonts,
                        extensionFonts,
                        atMost(45)));
    }

    private static double kilobytes(List<FirstLoad> loads, ToLongFunction<FirstLoad> bytes) {
        return loads.stream().mapToLong(bytes).max().orElseThrow() / 1000.0;
    }

    private void report(List<Row> rows) throws Exception {
        Report report = new Report(
                "%d cores, JDK %s, Chromium"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version().feature()),
                LocalDate.now(ZoneOffset.UTC),
                rounds < 9,
                rows);
        report.write(SourceTree.target().resolve("benchmark-console"));
        System.out.println();
        System.out.println(report.markdown());
    }

    private String url(String realm, String place) {
        return "%s/admin/%s/console/%s".formatted(testbed.server().url(), realm, place);
    }

    private static List<Double> millis(List<FirstLoad> loads) {
        return loads.stream().map(load -> (double) load.millis()).toList();
    }
}
