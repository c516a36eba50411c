package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case in docs/security-cases.md names tests, and the tests exist. */
class SecurityCasesTest {

    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

    private final Path root = SourceTree.root();

    @TestFactory
    Stream<DynamicTest> everyCaseNamesExistingTests() throws IOException {
        return Files.readAllLines(root.resolve("docs/security-cases.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.contains("| case | test |"))
                .map(line -> DynamicTest.dynamicTest(line.split("\\|", -1)[1].strip(), () -> {
                    List<MatchResult> named = NAMED.matcher(line).results().toList();
                    assertThat(named).isNotEmpty();
                    assertThat(named)
                            .allSatisfy(
                                    test -> assertThat(source(test.group(1))).contains(" " + test.group(2) + "("));
                }));
    }

    private String source(String test) {
        try (Stream<Path> files = Stream.of("providers/src/test/java", "tests/src/test/java", "tests/src/main/java")
                .map(root::resolve)
                .flatMap(SecurityCasesTest::walk)) {
            return Files.readString(files.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No test " + test)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The caller closes the stream. */
    @SuppressWarnings("StreamResourceLeak")
    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
