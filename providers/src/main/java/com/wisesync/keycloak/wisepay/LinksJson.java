package com.wisesync.keycloak.wisepay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.keycloak.util.JsonSerialization;

/**
 * Reads the bodies of Wise-Pay's answers, and the links that are stored from them. A body of another form, such as the page of a
 * proxy, is an error. An element that is not a link is left out, so that the others can still be used.
 */
final class LinksJson {

    private static final Logger LOG = Logger.getLogger(LinksJson.class);

    /** How many links are stored with a held entry. */
    static final int MAX_NOTED = 100;

    private static final Link UNREADABLE = new Link(null, null, null, null, null, null);

    private LinksJson() {}

    /** Reads a list of links. */
    static List<Link> links(String body) throws IOException {
        return readable(array(body, "links"));
    }

    /** Reads a page of links. What is not a link becomes a link without an id, because the place of the next page counts it. */
    static List<Link> page(String body) throws IOException {
        return elements(array(body, "links")).stream()
                .map(link -> link.orElse(UNREADABLE))
                .toList();
    }

    /**
     * Reads the links that were deactivated.
     *
     * @throws UnexpectedAnswerException if the body does not name them: it may come from a proxy, and nothing shows that Wise-Pay
     *     has received the message
     */
    static List<Link> deactivated(String body) throws IOException {
        return readable(array(body, "deactivated"));
    }

    /** Writes the links that a held entry would deactivate, at most 100, to be stored with it. */
    static String note(List<Link> links) {
        try {
            return JsonSerialization.writeValueAsString(
                    links.stream().limit(MAX_NOTED).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the links that are stored with an entry; none if there is nothing. */
    static List<Link> stored(String json) {
        if (json == null) {
            return List.of();
        }
        try {
            return readable(JsonSerialization.mapper.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException("The stored links can't be read", e);
        }
    }

    private static JsonNode array(String body, String field) throws IOException {
        JsonNode links = object(body).path(field);
        if (!links.isArray()) {
            throw new UnexpectedAnswerException("The answer has no field '" + field + "' with links");
        }
        return links;
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

    private static List<Link> readable(JsonNode array) {
        List<Optional<Link>> elements = elements(array);
        List<Link> links = elements.stream().flatMap(Optional::stream).toList();
        if (links.size() < elements.size()) {
            LOG.warnf("%d of Wise-Pay's links can't be read and are left out", elements.size() - links.size());
        }
        return links;
    }

    private static List<Optional<Link>> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(LinksJson::link)
                .toList();
    }

    private static Optional<Link> link(JsonNode element) {
        if (!element.isObject()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonSerialization.mapper.treeToValue(element, Link.class));
        } catch (JsonProcessingException e) {
            LOG.debugf("Not a link: %s", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
