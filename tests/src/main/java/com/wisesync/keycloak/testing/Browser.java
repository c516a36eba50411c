package com.wisesync.keycloak.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Chromium: an installed one, otherwise that of the npm package in {@code src/test/js}. Downloads nothing. One
 * per test class; each user has a browser context.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> INSTALLED =
            List.of("google-chrome", "google-chrome-stable", "chromium", "chromium-browser");
    private static final double TIMEOUT_MS = 20_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> violations = new ArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Browser launch() {
        Chromium chromium = installed()
                .orElseGet(() -> Folders.locked(SourceTree.target().resolve("chromium.lock"), Browser::bundled));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Map<String, String> itsEnvironment = new HashMap<>(System.getenv());
        itsEnvironment.putAll(chromium.environment());
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(chromium.executable())
                .setEnv(itsEnvironment)
                .setArgs(List.of(
                        // Root users and most containers have no sandbox; this browser opens only our own pages.
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-features=Translate,OptimizationHints,MediaRouter"));
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS);
        return new Browser(playwright, playwright.chromium().launch(options));
    }

    /** Submits a form twice, as a double click does, without sending it: for each, whether it would be sent. */
    public static List<Boolean> submitTwice(Page page, String form) {
        Object sent = page.locator(form)
                .evaluate("form => [1, 2].map(() => form.dispatchEvent(new Event('submit', { cancelable: true })))");
        return ((List<?>) sent).stream().map(Boolean.class::cast).toList();
    }

    /** An empty profile with one page. */
    public Page newPage() {
        return newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setLocale("en-US")
                        .setViewportSize(1280, 800))
                .newPage();
    }

    /** For options that {@link #newPage()} lacks: languages, sizes, colours. */
    public BrowserContext newContext(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(TIMEOUT_MS);
        context.onConsoleMessage(message -> {
            // Chromium's wording for every directive.
            if (message.text().contains("Content Security Policy")) {
                violations.add(message.page().url() + ": " + message.text());
            }
        });
        return context;
    }

    /** Writes a screenshot of every page to {@code target/screenshots}, to find out why a test failed. */
    public void screenshots(String name) {
        int number = 0;
        for (BrowserContext context : browser.contexts()) {
            for (Page page : context.pages()) {
                Path file = SourceTree.target().resolve("screenshots").resolve("%s-%d.png".formatted(name, number++));
                page.screenshot(new Page.ScreenshotOptions().setPath(file));
            }
        }
    }

    /** Returns and clears the policy violations so far, for a test that causes some on purpose. */
    public List<String> takeViolations() {
        List<String> taken = List.copyOf(violations);
        violations.clear();
        return taken;
    }

    /** @throws AssertionError if a page violated its policy at any time */
    @Override
    public void close() {
        browser.close();
        playwright.close();
        if (!violations.isEmpty()) {
            throw new AssertionError("Content Security Policy: " + String.join("\n", violations));
        }
    }

    private static Optional<Chromium> installed() {
        Stream<Path> folders =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        Stream<Path> onPath = folders.flatMap(folder -> INSTALLED.stream().map(folder::resolve));
        Stream<Path> elsewhere = Stream.of(
                Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
                Path.of("C:/Program Files/Google/Chrome/Application/chrome.exe"));
        return Stream.concat(onPath, elsewhere)
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new Chromium(path, Map.of()));
    }

    private static Chromium bundled() {
        try {
            Path unpacked = Files.createDirectories(SourceTree.target().resolve("chromium"));
            ProcessBuilder builder = new ProcessBuilder("node", "chromium.js")
                    .directory(SourceTree.tests().resolve("js").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("TMPDIR", unpacked.toString());
            Process process = builder.start();
            JsonNode answer = new ObjectMapper().readTree(process.getInputStream());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "No Chromium. Install Google Chrome or Chromium; its command must be one of " + INSTALLED
                                + ". The one from npm (src/test/js) runs on Linux on x86-64 only.");
            }
            Map<String, String> environment = new HashMap<>();
            answer.get("environment")
                    .properties()
                    .forEach(variable -> environment.put(
                            variable.getKey(), variable.getValue().asText()));
            return new Chromium(Path.of(answer.get("executable").asText()), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while unpacking Chromium", e);
        }
    }

    private record Chromium(Path executable, Map<String, String> environment) {}
}
