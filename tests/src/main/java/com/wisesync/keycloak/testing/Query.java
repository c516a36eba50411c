package com.wisesync.keycloak.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of an address or of a form. */
public record Query(Map<String, String> parameters) {

    public Query {
        parameters = Map.copyOf(parameters);
    }

    public static Query of(URI uri) {
        return parse(uri.getRawQuery());
    }

    static Query parse(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters.put(
                        URLDecoder.decode(parts[0], UTF_8),
                        parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
            }
        }
        return new Query(parameters);
    }

    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** Empty if the parameter is missing. */
    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** A number of at least 0, otherwise the default. */
    public int number(String name, int otherwise) {
        String value = get(name);
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : otherwise;
    }
}
