package com.wisesync.keycloak.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The shipped jars contain our own classes and relocated libraries, but nothing that the server provides. */
class ShippedJarsIT {

    private static final String SHADED = "com/wisesync/keycloak/shaded/";

    @Test
    void theProvidersJarHasNoForeignClass() throws IOException {
        List<String> classes = entries(SourceTree.providersJar()).stream()
                .filter(name -> name.endsWith(".class"))
                .toList();

        assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith("com/wisesync/keycloak/"));
    }

    @Test
    void theProvidersJarRegistersOnlyItsOwnProviders() throws IOException {
        try (JarFile jar = new JarFile(SourceTree.providersJar().toFile())) {
            for (String service : entries(SourceTree.providersJar())) {
                if (service.startsWith("META-INF/services/") && !service.endsWith("/")) {
                    assertThat(read(jar, service).lines())
                            .as(service)
                            .allMatch(line -> line.isBlank()
                                    || line.startsWith("#")
                                    || line.startsWith("com.wisesync.keycloak."));
                }
            }
        }
    }

    @Test
    void theProvidersJarReportsItsVersion() throws IOException {
        try (JarFile jar = new JarFile(SourceTree.providersJar().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isNotBlank();
        }
    }

    /** Relocated classes exist under their new name; otherwise Keycloak's copy would be used. */
    @Test
    void nothingIsBundledThatTheServerBrings() throws IOException {
        Set<String> bundled = entries(SourceTree.providersJar()).stream()
                .filter(name -> name.startsWith(SHADED) && name.endsWith(".class"))
                .map(name -> "/" + name.substring(SHADED.length()))
                .collect(Collectors.toSet());
        assertThat(bundled).isNotEmpty();

        for (String folder : List.of("lib/lib/boot", "lib/lib/main")) {
            try (Stream<Path> jars = Files.list(SourceTree.distribution().resolve(folder))) {
                for (Path jar :
                        jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                    assertThat(entries(jar))
                            .as(jar.toString())
                            .noneMatch(name -> bundled.stream().anyMatch(name::endsWith));
                }
            }
        }
    }

    @Test
    void theThemesJarHasNoClass() throws IOException {
        assertThat(entries(SourceTree.themesJar())).isNotEmpty().noneMatch(name -> name.endsWith(".class"));
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String read(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
    }
}
