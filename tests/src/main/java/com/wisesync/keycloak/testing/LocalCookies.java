package com.wisesync.keycloak.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cookies as browsers keep them for localhost, which they trust without TLS: Keycloak marks its cookies as secure, and
 * the JDK would not send those over plain HTTP.
 */
final class LocalCookies extends CookieManager {

    LocalCookies() {
        super(null, CookiePolicy.ACCEPT_ALL);
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
        super.put(
                uri,
                headers.entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                header -> header.getValue().stream()
                                        .map(cookie -> cookie.replaceAll("(?i);\\s*secure", ""))
                                        .toList())));
    }
}
