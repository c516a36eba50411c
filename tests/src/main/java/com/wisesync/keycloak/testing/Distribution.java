package com.wisesync.keycloak.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A Keycloak with jars, augmented ({@code kc.sh build}) so that it starts fast. Augments, which takes half a minute,
 * only if the result would differ.
 */
public final class Distribution {

    /** Build options of every server with the extension, in tests and in the local run; production has fewer features. */
    public static final List<String> BUILD_OPTIONS =
            List.of("--health-enabled=true", "--metrics-enabled=true", "--features=scim-api,workflows", "--vault=file");

    // Keycloak compares the time of a provider's file with the one at the build (26.7,
    // Picocli.checkChangesInBuildOptions): a constant time means that a jar packaged again with the same content is
    // unchanged.
    private static final FileTime CONSTANT = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    private static final String BUILT = "wise-sync-built";

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /** With our two jars, on the embedded H2. */
    public static Distribution withExtension() {
        return build("", "dev-file", List.of(SourceTree.providersJar(), SourceTree.themesJar()));
    }

    /** With our two jars, on PostgreSQL. */
    public static Distribution withExtensionOnPostgres() {
        return build("postgres", "postgres", List.of(SourceTree.providersJar(), SourceTree.themesJar()));
    }

    /** With our two jars, on MariaDB. */
    public static Distribution withExtensionOnMariaDb() {
        return build("mariadb", "mariadb", List.of(SourceTree.providersJar(), SourceTree.themesJar()));
    }

    /** Stock Keycloak on PostgreSQL, for comparison in the benchmark. */
    public static Distribution stockOnPostgres() {
        return build("stock", "postgres", List.of());
    }

    /** A separate copy on PostgreSQL with any set of jars. */
    public static Distribution onPostgres(String name, List<Path> jars) {
        return build(name, "postgres", jars);
    }

    /** The directory of a separate copy of Keycloak, without jars and data. Builds nothing. */
    public static Path plain(String name) {
        Path home = Folders.locked(SourceTree.target().resolve("keycloak.lock"), () -> copy(name));
        try {
            install(home, List.of());
            Folders.delete(home.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }

    public Path home() {
        return home;
    }

    // Two test processes share the distributions.
    private static Distribution build(String copy, String database, List<Path> jars) {
        return Folders.locked(
                SourceTree.target().resolve("keycloak.lock"),
                () -> of(copy.isEmpty() ? SourceTree.distribution() : copy(copy), database, jars));
    }

    private static Distribution of(Path home, String database, List<Path> jars) {
        List<String> options = new ArrayList<>(BUILD_OPTIONS);
        options.add("--db=" + database);
        String wanted = fingerprint(options, jars);
        Path built = home.resolve("lib").resolve(BUILT);
        try {
            install(home, jars);
            if (!Files.exists(built) || !Files.readString(built).equals(wanted)) {
                Files.deleteIfExists(built);
                augment(home, options);
                Files.writeString(built, wanted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Distribution(home);
    }

    private static void install(Path home, List<Path> jars) throws IOException {
        Path providers = home.resolve("providers");
        Set<Path> names = jars.stream().map(Path::getFileName).collect(Collectors.toSet());
        try (Stream<Path> old = Files.list(providers)) {
            for (Path jar : old.filter(path -> path.toString().endsWith(".jar"))
                    .filter(path -> !names.contains(path.getFileName()))
                    .toList()) {
                Files.delete(jar);
            }
        }
        for (Path jar : jars) {
            Path copy = providers.resolve(jar.getFileName());
            if (Files.exists(copy) && Files.mismatch(jar, copy) < 0) {
                continue;
            }
            // Written to another name first: a running server keeps the file that it has opened.
            Path part = Files.copy(
                    jar, providers.resolve(jar.getFileName() + ".part"), StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(part, CONSTANT);
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void augment(Path home, List<String> options) throws IOException {
        Path log = SourceTree.target().resolve("keycloak-build.log");
        List<String> jvmOptions = new ArrayList<>(KeycloakJava.SHORT_LIVED);
        jvmOptions.add("-Xmx1g");
        List<String> command = KeycloakJava.command(home, jvmOptions);
        command.add("build");
        command.addAll(options);
        Process build = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!build.waitFor(10, TimeUnit.MINUTES) || build.exitValue() != 0) {
                build.destroyForcibly();
                throw new IllegalStateException("Building the server failed, see " + log);
            }
        } catch (InterruptedException e) {
            build.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while building the server", e);
        }
    }

    /**
     * Everything that an augmentation depends on: the options, our classes and service files, and which folders exist
     * (Quarkus indexes them and does not find others). Theme files are read at run time.
     */
    private static String fingerprint(List<String> options, List<Path> jars) {
        Map<String, Long> parts = new TreeMap<>();
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> add(parts, entry));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        CRC32 sum = new CRC32();
        sum.update(parts.toString().getBytes(UTF_8));
        List<String> names =
                jars.stream().map(jar -> jar.getFileName().toString()).toList();
        return "%s %s %d %x".formatted(options, names, parts.size(), sum.getValue());
    }

    private static void add(Map<String, Long> parts, ZipEntry entry) {
        String name = entry.getName();
        if (name.endsWith(".class") || name.startsWith("META-INF/services/")) {
            parts.put(name, entry.getCrc());
        } else {
            parts.put(name.substring(0, name.lastIndexOf('/') + 1), 0L);
        }
    }

    /** A copy made of hard links, except for the files that an augmentation writes. */
    private static Path copy(String name) {
        Path from = SourceTree.distribution();
        Path to = from.resolveSibling(from.getFileName() + "+" + name);
        if (Files.exists(to)) {
            return to;
        }
        try {
            Path part = Files.createTempDirectory(SourceTree.target(), "copy");
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    if (directory.equals(from.resolve("data"))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    Files.createDirectories(part.resolve(from.relativize(directory)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Path copy = part.resolve(from.relativize(file));
                    if (file.getFileName().toString().equals(BUILT)) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (file.startsWith(from.resolve("lib/lib"))) {
                        Files.createLink(copy, file);
                    } else {
                        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            Files.move(part, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return to;
    }
}
