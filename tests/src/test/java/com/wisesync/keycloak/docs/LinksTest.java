package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every relative link in the documentation leads to an existing file and heading. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @TestFactory
    Stream<DynamicTest> linksLeadToExistingFilesAndHeadings() {
        return Documents.all().stream()
                .map(document -> DynamicTest.dynamicTest(
                        Documents.at("").relativize(document).toString(),
                        () -> assertThat(links(document)).allSatisfy(link -> assertLeadsSomewhere(document, link))));
    }

    @Test
    void findsTheDocuments() {
        assertThat(Documents.all())
                .contains(Documents.at("README.md"), Documents.at("docs/operate.md"))
                .allSatisfy(document -> assertThat(document).isRegularFile());
        assertThat(links(Documents.at("README.md"))).contains("docs/install.md");
        assertThat(anchors(Documents.at("docs/operate.md"))).contains("options-of-the-server");
    }

    private static List<String> links(Path document) {
        return LINK.matcher(Documents.prose(document))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    private static void assertLeadsSomewhere(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        assertThat(Files.exists(target)).as(link).isTrue();
        if (parts.length == 2) {
            assertThat(anchors(target)).as(link).contains(parts[1]);
        }
    }

    /** As GitHub derives them from headings. */
    private static List<String> anchors(Path document) {
        return HEADING.matcher(Documents.prose(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
