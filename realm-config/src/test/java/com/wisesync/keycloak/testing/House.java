package com.wisesync.keycloak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where things are in this source tree. Works the same from Maven and from an IDE, whatever the working directory. */
public final class House {

    private static final Path REALM_CONFIG = realmConfig();

    private House() {}

    /** What this module builds into; logs of servers are here too. */
    public static Path target() {
        return REALM_CONFIG.resolve("target");
    }

    public static Path tests() {
        return REALM_CONFIG.resolve("src/test");
    }

    public static Path root() {
        return REALM_CONFIG.getParent();
    }

    /** The distribution, as Maven unpacked it; its version stands in the parent POM alone. */
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

    private static Path realmConfig() {
        try {
            Path testClasses = Path.of(House.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return testClasses.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
