package com.wisesync.keycloak.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A request to the simulator and its answer.
 *
 * @param requestHeaders by name in lower case
 * @param responseHeaders by name in lower case
 */
public record Exchange(
        String method,
        URI uri,
        Map<String, List<String>> requestHeaders,
        String requestBody,
        int status,
        Map<String, List<String>> responseHeaders,
        String responseBody) {}
