package com.wisesync.keycloak.wisepay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.wisesync.keycloak.testing.SourceTree;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Another extension, compiled from {@code src/test/resources/other-extension} against the server itself. */
final class OtherExtension {

    private OtherExtension() {}

    static Path jar() throws IOException {
        Path source = SourceTree.tests().resolve("resources/other-extension/OtherExtension.java");
        Path folder = Files.createTempDirectory(SourceTree.target(), "other-extension");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", serversLibraries(), "-d", folder.toString(), source.toString());
        if (failed != 0) {
            throw new IllegalStateException(source + " can't be compiled");
        }
        Path jar = folder.resolve("other-extension.jar");
        List<Path> classes;
        try (Stream<Path> files = Files.walk(folder)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path one : classes) {
                add(zip, folder.relativize(one).toString(), Files.readAllBytes(one));
            }
            add(
                    zip,
                    "META-INF/services/org.keycloak.services.resource.RealmResourceProviderFactory",
                    "example.other.OtherExtension".getBytes(UTF_8));
            // Makes Keycloak look for resources in the jar.
            add(zip, "META-INF/beans.xml", new byte[0]);
        }
        return jar;
    }

    private static String serversLibraries() throws IOException {
        try (Stream<Path> jars = Files.list(SourceTree.distribution().resolve("lib/lib/main"))) {
            return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
