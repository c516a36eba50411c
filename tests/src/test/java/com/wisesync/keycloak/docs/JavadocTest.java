package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Public types and methods of the providers have Javadoc, except those that override another one. */
class JavadocTest {

    private static final Path SOURCES = Documents.at("providers/src/main/java");

    private static final Pattern LONG_COMMENT = Pattern.compile("(?m)^ *(/?\\*\\*?|//) .{150,}$");

    private static final Pattern DECLARATION = Pattern.compile("(public|protected) .*[({].*");

    /** A constant, a compact constructor, or a constructor without parameters. */
    private static final Pattern EXEMPT = Pattern.compile("\\S+ (static final .*=.*|\\w+ \\{|[A-Z]\\w*\\(\\) \\{)");

    @Test
    void publicTypesAndMethodsHaveJavadoc() throws IOException {
        assertThat(sources())
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(undocumented(file)).as(file.toString()).isEmpty());
    }

    @Test
    void linesOfCommentsAreShort() throws IOException {
        assertThat(sources())
                .allSatisfy(file ->
                        assertThat(Documents.text(file)).as(file.toString()).doesNotContainPattern(LONG_COMMENT));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> undocumented(Path file) {
        List<String> lines = Documents.text(file).lines().map(String::strip).toList();
        List<String> undocumented = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            String declaration = lines.get(line);
            if (DECLARATION.matcher(declaration).matches()
                    && !EXEMPT.matcher(declaration).matches()) {
                int above = line - 1;
                boolean overrides = false;
                while (lines.get(above).startsWith("@")) {
                    overrides |= lines.get(above).startsWith("@Override");
                    above--;
                }
                if (!overrides && !lines.get(above).endsWith("*/")) {
                    undocumented.add(declaration);
                }
            }
        }
        return undocumented;
    }
}
