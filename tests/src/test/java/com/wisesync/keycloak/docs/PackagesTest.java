package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the providers depend on each other as the diagram in docs/architecture.md shows. */
class PackagesTest {

    private static final Path DOCUMENT = Documents.at("docs/architecture.md");
    private static final Path SOURCES = Documents.at("providers/src/main/java/com/wisesync/keycloak");
    private static final Pattern ARROW = Pattern.compile("(?m)^  (\\w+) --> (\\w+)$");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^(?!package ).*?com\\.wisesync\\.keycloak\\.(\\w+)");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)(?=[^;]*?\\{)");
    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|\"(?:[^\"\\\\\n]|\\\\.)*\"");

    /** From top to bottom. A package uses packages of lower layers only. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of("admin", "scim", "events"),
            Set.of("activity", "wisepay", "lifecycle"),
            Set.of("user"),
            Set.of("sessions", "twofactor", "profile", "claims", "autotask"),
            Set.of("mail", "access"),
            Set.of("role"),
            Set.of("account", "outbox", "console"),
            Set.of("root"));

    /** Nested types with these names are always read together with the name of their class. */
    private static final Set<String> PARTS = Set.of("Action", "Order", "Provider", "Result", "Row", "State", "Type");

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
    void aPackageUsesOnlyLowerLayers() {
        assertThat(used()).allSatisfy((from, packages) -> {
            int layer = layerOf(from);
            assertThat(packages)
                    .as("used by " + from)
                    .allSatisfy(to -> assertThat(layerOf(to)).as(to).isGreaterThan(layer));
        });
    }

    @Test
    void everyArrowIsADependency() {
        Map<String, Set<String>> used = used();
        assertThat(ARROW.matcher(diagram()).results().toList())
                .isNotEmpty()
                .allSatisfy(arrow ->
                        assertThat(used.get(arrow.group(1))).as(arrow.group()).contains(arrow.group(2)));
    }

    @Test
    void aNameOfAClassHasOneMeaning() {
        Map<String, List<Path>> sources = new TreeMap<>();
        sources()
                .forEach(file -> TYPE.matcher(
                                COMMENT_OR_TEXT.matcher(Documents.text(file)).replaceAll(""))
                        .results()
                        .map(type -> type.group(1))
                        .filter(name -> !PARTS.contains(name))
                        .forEach(name -> sources.computeIfAbsent(name, any -> new ArrayList<>())
                                .add(file)));
        assertThat(sources)
                .containsKey("Account")
                .allSatisfy((name, files) -> assertThat(files).as(name).hasSize(1));
    }

    @Test
    void theAdminApiHasAtMostFortyFiles() {
        assertThat(sources().filter(file -> packageOf(file).equals("admin"))).hasSizeLessThanOrEqualTo(40);
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

    private static String diagram() {
        return Documents.code(DOCUMENT, "mermaid").stream()
                .filter(code -> code.startsWith("flowchart TD"))
                .findFirst()
                .orElseThrow();
    }

    private static int layerOf(String name) {
        return IntStream.range(0, LAYERS.size())
                .filter(layer -> LAYERS.get(layer).contains(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Package '" + name + "' is in no layer"));
    }

    /** Reachable packages by package. */
    private static Map<String, Set<String>> allowed() {
        Map<String, Set<String>> direct = new TreeMap<>();
        ARROW.matcher(diagram())
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

    /** Packages by the package that names them, in imports or elsewhere. */
    private static Map<String, Set<String>> used() {
        Map<String, Set<String>> used = new TreeMap<>();
        sources()
                .forEach(file -> used.computeIfAbsent(packageOf(file), any -> new TreeSet<>())
                        .addAll(references(file)));
        used.forEach((name, packages) -> packages.remove(name));
        return used;
    }

    private static Stream<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packageOf(Path file) {
        String name = SOURCES.relativize(file.getParent()).toString();
        return name.isEmpty() ? ROOT : name;
    }

    private static Set<String> references(Path file) {
        return REFERENCE
                .matcher(Documents.text(file))
                .results()
                .map(match -> match.group(1))
                .map(name -> Character.isUpperCase(name.charAt(0)) ? ROOT : name)
                .collect(Collectors.toSet());
    }
}
