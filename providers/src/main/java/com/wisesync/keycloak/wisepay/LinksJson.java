package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.keycloak.util.JsonSerialization;

/** Reads the bodies of Wise-Pay's answers. A body of another form, such as the page of a proxy, is an error. */
final class LinksJson {

    private static final TypeReference<List<Link>> LINKS = new TypeReference<>() {};

    private LinksJson() {}

    /** Reads a list of links. */
    static List<Link> links(String body) throws IOException {
        JsonNode links = object(body).path("links");
        if (!links.isArray()) {
            throw new UnexpectedAnswerException("The answer has no links");
        }
        return list(links);
    }

    /** Reads the links that were deactivated. None if the body is empty, or an object without links: Wise-Pay has accepted. */
    static List<Link> deactivated(String body) throws IOException {
        if (body.isBlank()) {
            return List.of();
        }
        JsonNode links = object(body).path("deactivated");
        return links.isArray() ? list(links) : List.of();
    }

    private static JsonNode object(String body) throws IOException {
        try {
            JsonNode node = JsonSerialization.mapper.readTree(body);
            if (node == null || !node.isObject()) {
                throw new UnexpectedAnswerException("The answer is not an object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("The answer is not JSON");
        }
    }

    private static List<Link> list(JsonNode links) throws IOException {
        try {
            return JsonSerialization.mapper.readerFor(LINKS).readValue(links);
        } catch (JsonProcessingException e) {
            throw new UnexpectedAnswerException("The answer contains something that is not a link");
        }
    }
}
