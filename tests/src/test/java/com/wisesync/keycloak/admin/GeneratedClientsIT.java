package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import jakarta.annotation.Nullable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that openapi-generator makes of openapi.yaml compile and work. The profile {@code full} brings the generator. */
@Tag("full")
class GeneratedClientsIT {

    private static final Path GENERATOR = SourceTree.target().resolve("openapi-generator/openapi-generator-cli.jar");
    private static final Path API = SourceTree.root().resolve("providers/src/main/resources/openapi.yaml");
    private static final Path SOURCES = SourceTree.tests().resolve("resources/generated-clients");
    private static final Path COMPILER = SourceTree.root().resolve("themes/node_modules/typescript/bin/tsc");

    private final Testbed testbed = Testbed.get();

    @TempDir
    private Path directory;

    @Test
    void theJavaClientWorks() throws IOException, InterruptedException {
        generate("java", "--library=native", "--additional-properties=openApiNullable=false,useJakartaEe=true");
        List<String> compile = new ArrayList<>(List.of("javac", "-nowarn", "-proc:none", "-d", "classes"));
        try (Stream<Path> sources = Files.walk(directory.resolve("client/src/main/java"))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(compile::add);
        }
        compile.add(SOURCES.resolve("UseClient.java").toString());
        compile.addAll(1, List.of("-cp", libraries()));
        compile.set(0, java("javac"));
        run(compile);

        List<String> use = new ArrayList<>(List.of(
                java("java"), "-cp", directory.resolve("classes") + File.pathSeparator + libraries(), "UseClient"));
        use.addAll(arguments());
        run(use);
    }

    @Test
    void theTypeScriptClientWorks() throws IOException, InterruptedException {
        generate("typescript-fetch", "--additional-properties=importFileExtension=.js");
        for (String file : List.of("use-client.ts", "tsconfig.json", "package.json")) {
            Files.copy(SOURCES.resolve(file), directory.resolve(file));
        }
        run(List.of("node", COMPILER.toString(), "-p", "."));

        List<String> use = new ArrayList<>(List.of("node", "out/use-client.js"));
        use.addAll(arguments());
        run(use);
    }

    private List<String> arguments() {
        return List.of(
                testbed.server().apiUrl(),
                testbed.serviceToken(),
                DemoAccounts.ACME,
                "generated-" + UUID.randomUUID() + "@acme.example");
    }

    private void generate(String generator, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(java("java"), "-jar", GENERATOR.toString(), "generate", "-i", API.toString(), "-g", generator));
        command.addAll(List.of("-o", "client"));
        command.addAll(List.of(options));
        run(command);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as("%s%n%s", command.get(0), Files.readString(output))
                .isTrue();
    }

    /** The dependencies of the generated POM; the tests use the same libraries. */
    private static String libraries() {
        return Stream.of(JsonCreator.class, JsonFactory.class, ObjectMapper.class, JavaTimeModule.class, Nullable.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }
}
