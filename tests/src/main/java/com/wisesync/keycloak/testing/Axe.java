package com.wisesync.keycloak.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Checks a page for accessibility with axe-core. */
public final class Axe {

    private static final Path SCRIPT = SourceTree.root().resolve("themes/node_modules/axe-core/axe.min.js");
    private static final String RUN =
            "async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations"
                    + ".map(v => ({ rule: v.id, where: v.nodes.map(n => n.html).slice(0, 3) })))";

    private Axe() {}

    /** Each violated rule, with up to three elements that violate it. */
    public static List<String> violations(Page page) {
        try {
            // Through the debugger, to which the page's policy does not apply.
            page.evaluate(Files.readString(SCRIPT));
            JsonNode violations = new ObjectMapper().readTree((String) page.evaluate(RUN));
            return StreamSupport.stream(violations.spliterator(), false)
                    .map(JsonNode::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
