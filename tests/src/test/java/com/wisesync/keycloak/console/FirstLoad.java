package com.wisesync.keycloak.console;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.wisesync.keycloak.testing.Browser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that a browser with an empty cache and a logged in user loads until a page is shown: bytes on the wire
 * including headers, as counted by the browser.
 */
public final class FirstLoad {

    private final Map<String, String> urls = new ConcurrentHashMap<>();
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();
    private final long millis;

    private FirstLoad(Page page, String address, String expected) {
        CDPSession devTools = page.context().newCDPSession(page);
        devTools.on("Network.requestWillBeSent", event -> {
            urls.put(id(event), event.getAsJsonObject("request").get("url").getAsString());
            // A redirect has no end event; its size is in the next request's start event.
            if (event.has("redirectResponse")) {
                add(id(event) + " redirect", event.getAsJsonObject("redirectResponse"));
            }
        });
        devTools.on("Network.loadingFinished", event -> add(id(event), event));
        devTools.send("Network.enable");
        long start = System.nanoTime();
        page.navigate(address);
        page.locator(expected).first().waitFor();
        millis = (System.nanoTime() - start) / 1_000_000;
        page.waitForLoadState(LoadState.NETWORKIDLE);
    }

    /**
     * @param session of a logged in user, from {@link com.microsoft.playwright.BrowserContext#storageState()}
     * @param expected selector of the element that must be visible
     */
    public static FirstLoad of(Browser browser, String session, String address, String expected) {
        // A separate context: another one has cached resources in memory.
        try (BrowserContext context = browser.newContext(new NewContextOptions()
                .setStorageState(session)
                .setLocale("en-US")
                .setViewportSize(1280, 800))) {
            return new FirstLoad(context.newPage(), address, expected);
        }
    }

    public long bytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes of fonts only. */
    public long fontBytes() {
        return bytes.entrySet().stream()
                .filter(entry -> path(urls.getOrDefault(entry.getKey(), "")).endsWith(".woff2"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public long millis() {
        return millis;
    }

    /** The paths of everything loaded, without the server's name. */
    public List<String> paths() {
        return urls.values().stream().map(FirstLoad::path).distinct().toList();
    }

    /** Size by file, largest first. */
    public String perFile() {
        Map<String, Long> perUrl = new LinkedHashMap<>();
        bytes.forEach((id, size) -> perUrl.merge(path(urls.getOrDefault(id, id)), size, Long::sum));
        StringBuilder lines = new StringBuilder();
        perUrl.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> lines.append(String.format("%n%9d %s", entry.getValue(), entry.getKey())));
        return lines.toString();
    }

    private void add(String id, JsonObject event) {
        bytes.merge(id, event.get("encodedDataLength").getAsLong(), Long::sum);
    }

    private static String path(String url) {
        return url.replaceAll("^https?://[^/]+|\\?.*", "");
    }

    private static String id(JsonObject event) {
        return event.get("requestId").getAsString();
    }
}
