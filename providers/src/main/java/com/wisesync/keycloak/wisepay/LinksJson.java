package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.keycloak.util.JsonSerialization;

/** Reads Wise-Pay's bodies; what is no such body is an {@link IOException}, so that nothing takes a proxy's page for an answer. */
final class LinksJson {

    private static final TypeReference<List<Link>> LINKS = new TypeReference<>() {};

    private LinksJson() {}

    static List<Link> links(String body) throws IOException {
        JsonNode links = object(body).path("links");
        if (!links.isArray()) {
            throw new IOException("The answer has no links");
        }
        return list(links);
    }

    /** An empty body, or an object that speaks of no links, is an answer too: it was done. */
    static List<Link> deactivated(String body) throws IOException {
        if (body.isBlank()) {
            return List.of();
        }
        JsonNode links = object(body).path("deactivated");
        return links.isArray() ? list(links) : List.of();
    }

    private static JsonNode object(String body) throws IOException {
        JsonNode node = JsonSerialization.mapper.readTree(body);
        if (node == null || !node.isObject()) {
            throw new IOException("The answer is not an object");
        }
        return node;
    }

    private static List<Link> list(JsonNode links) throws IOException {
        return JsonSerialization.mapper.readerFor(LINKS).readValue(links);
    }
}
