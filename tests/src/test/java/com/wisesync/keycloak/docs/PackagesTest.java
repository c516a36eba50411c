package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the providers depend on each other as the diagram in docs/architecture.md shows. */
class PackagesTest {

    private static final Path DOCUMENT = Documents.at("docs/architecture.md");
    private static final Path SOURCES = Documents.at("providers/src/main/java/com/wisesync/keycloak");
    private static final Pattern ARROW = Pattern.compile("(?m)^  (\\w+) --> (\\w+)$");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?com\\.wisesync\\.keycloak\\.(\\w+)");

    /** The classes directly in {@code com.wisesync.keycloak}. */
    private static final String ROOT = "root";

    @Test
    void aPackageUsesOnlyPackagesItPointsTo() {
        Map<String, Set<String>> allowed = allowed();
        Map<String, Set<String>> used = used();
        assertThat(used).containsKeys("admin", ROOT);
        assertThat(used)
                .allSatisfy((from, packages) -> assertThat(allowed.getOrDefault(from, Set.of()))
                        .as("used by " + from)
                        .containsAll(packages));
    }

    @Test
    void theDiagramHasNoCycle() {
        assertThat(allowed())
                .allSatisfy((from, reachable) -> assertThat(reachable).doesNotContain(from));
    }

    @Test
    void everyPackageIsInTheDiagramAndInTheTable() {
        Set<String> inDiagram = new TreeSet<>(allowed().keySet());
        inDiagram.add(ROOT);
        assertThat(used().keySet()).isEqualTo(inDiagram);
        assertThat(used().keySet())
                .allSatisfy(name -> assertThat(Documents.text(DOCUMENT)).contains("\n| `" + name + "` |"));
    }

    /** Reachable packages by package. */
    private static Map<String, Set<String>> allowed() {
        String diagram = Documents.code(DOCUMENT, "mermaid").stream()
                .filter(code -> code.startsWith("flowchart TD"))
                .findFirst()
                .orElseThrow();
        Map<String, Set<String>> direct = new TreeMap<>();
        ARROW.matcher(diagram)
                .results()
                .forEach(arrow -> direct.computeIfAbsent(arrow.group(1), from -> new TreeSet<>())
                        .add(arrow.group(2)));
        Map<String, Set<String>> reachable = new TreeMap<>();
        direct.keySet().forEach(from -> collect(from, direct, reachable.computeIfAbsent(from, any -> new TreeSet<>())));
        return reachable;
    }

    private static void collect(String from, Map<String, Set<String>> direct, Set<String> reached) {
        for (String to : direct.getOrDefault(from, Set.of())) {
            if (reached.add(to)) {
                collect(to, direct, reached);
            }
        }
    }

    /** Imported packages by package. */
    private static Map<String, Set<String>> used() {
        Map<String, Set<String>> used = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> used.computeIfAbsent(packageOf(file), any -> new TreeSet<>())
                            .addAll(imports(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        used.forEach((name, packages) -> packages.remove(name));
        return used;
    }

    private static String packageOf(Path file) {
        String name = SOURCES.relativize(file.getParent()).toString();
        return name.isEmpty() ? ROOT : name;
    }

    private static Set<String> imports(Path file) {
        return IMPORT.matcher(Documents.text(file))
                .results()
                .map(match -> match.group(1))
                .map(name -> Character.isUpperCase(name.charAt(0)) ? ROOT : name)
                .collect(Collectors.toSet());
    }
}
