package com.wisesync.keycloak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds files in this source tree, from Maven and from an IDE, in any working directory. */
public final class SourceTree {

    private static final Path TESTS = testsModule();

    private SourceTree() {}

    /** The build folder of this module; server logs are in it too. */
    public static Path target() {
        return TESTS.resolve("target");
    }

    public static Path tests() {
        return TESTS.resolve("src/test");
    }

    public static Path root() {
        return TESTS.getParent();
    }

    /** The Keycloak distribution that Maven unpacked; its version is defined in the parent POM. */
    public static Path distribution() {
        return newest(
                target(),
                "keycloak-",
                path -> Files.isDirectory(path.resolve("bin"))
                        && !path.getFileName().toString().contains("+"));
    }

    public static Path providersJar() {
        return jar("providers", "wise-sync-providers-");
    }

    public static Path themesJar() {
        return jar("themes", "wise-sync-themes-");
    }

    private static Path jar(String module, String prefix) {
        return newest(
                root().resolve(module).resolve("target"),
                prefix,
                path -> path.toString().endsWith(".jar"));
    }

    private static Path newest(Path directory, String prefix, Predicate<Path> wanted) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .filter(wanted)
                    .max(Comparator.comparing(path -> path.toFile().lastModified()))
                    .orElseThrow(() -> new IllegalStateException(
                            "Nothing called %s* in %s: run mvn package first".formatted(prefix, directory)));
        } catch (IOException e) {
            throw new UncheckedIOException("%s: run mvn package first".formatted(directory), e);
        }
    }

    private static Path testsModule() {
        try {
            Path classes = Path.of(SourceTree.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
