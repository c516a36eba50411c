package com.wisesync.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** Every option has its line in the tables of README.md. */
class ReadmeTest {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsInATable(String option) throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md")))
                .anyMatch(line -> line.startsWith("|") && line.split("\\|", -1)[1].contains("`" + option + "`"));
    }

    static List<String> options() throws IOException {
        try (Stream<Path> services = Files.list(SERVICES)) {
            return services.flatMap(ReadmeTest::lines)
                    .filter(line -> line.startsWith("com.wisesync."))
                    .flatMap(ReadmeTest::properties)
                    .map(ProviderConfigProperty::getName)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<ProviderConfigProperty> properties(String type) {
        try {
            Object made = Class.forName(type).getConstructor().newInstance();
            Stream<ProviderConfigProperty> ofTheRealm =
                    made instanceof ConfiguredProvider configured && isOurs(made, "getConfigProperties")
                            ? configured.getConfigProperties().stream()
                            : Stream.empty();
            Stream<ProviderConfigProperty> ofTheServer =
                    made instanceof ProviderFactory<?> factory && isOurs(made, "getConfigMetadata")
                            ? factory.getConfigMetadata().stream()
                            : Stream.empty();
            return Stream.concat(ofTheRealm, ofTheServer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type, e);
        }
    }

    /** What is inherited is Keycloak's to describe. */
    private static boolean isOurs(Object made, String method) throws ReflectiveOperationException {
        return made.getClass().getMethod(method).getDeclaringClass().getName().startsWith("com.wisesync.");
    }
}
