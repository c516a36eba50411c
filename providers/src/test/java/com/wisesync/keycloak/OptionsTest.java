package com.wisesync.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** The options that the code declares and those that the documentation names are the same. */
class OptionsTest {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");
    private static final Path OPTIONS = Path.of("../docs/operate.md");

    /** A server option of the extension, as {@code kc.sh} and as the environment take it. */
    private static final Pattern SERVER_OPTION =
            Pattern.compile("spi-[a-z]+(?:-[a-z]+)*--(wise-sync|autotask-account)--([a-z]+(?:-[a-z]+)*)");

    private static final Pattern SERVER_VARIABLE =
            Pattern.compile("KC_SPI_[A-Z_]+?__(WISE_SYNC|AUTOTASK_ACCOUNT)__([A-Z]+(?:_[A-Z]+)*)");

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsInATable(String option) throws IOException {
        assertThat(Files.readAllLines(OPTIONS))
                .anyMatch(line -> line.startsWith("|") && line.split("\\|", -1)[1].contains("`" + option + "`"));
    }

    @Test
    void everyServerOptionInTheDocumentationExists() throws IOException {
        Map<String, Set<String>> existing =
                Map.of("wise-sync", serverOptions("wise-sync"), "autotask-account", serverOptions("autotask-account"));
        assertThat(existing.get("wise-sync")).contains("wise-pay-url");
        try (Stream<Path> documents = Files.list(OPTIONS.getParent())) {
            assertThat(documents.filter(Files::isRegularFile))
                    .allSatisfy(document -> assertThat(named(text(document)))
                            .as(document.toString())
                            .allSatisfy((option, provider) ->
                                    assertThat(existing.get(provider)).contains(option)));
        }
    }

    /** The first column of the tables below a line such as {@code `spi-events-listener--wise-sync--...`}. */
    @Test
    void everyServerOptionInATableExists() {
        Set<String> documented = new TreeSet<>(table("spi-events-listener--wise-sync"));
        documented.addAll(table("spi-realm-restapi-extension--wise-sync"));
        assertThat(documented).isEqualTo(serverOptions("wise-sync"));
        assertThat(table("spi-credential--autotask-account")).isEqualTo(serverOptions("autotask-account"));
    }

    private static Set<String> table(String provider) {
        String text = text(OPTIONS);
        String below = text.substring(text.indexOf("`" + provider + "--...`"));
        return below.lines()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("`", -1)[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> named(String text) {
        return Stream.concat(
                        SERVER_OPTION.matcher(text).results(),
                        SERVER_VARIABLE.matcher(text).results())
                .collect(Collectors.toMap(
                        option -> lowerCase(option, 2), option -> lowerCase(option, 1), (one, other) -> one));
    }

    private static String lowerCase(MatchResult option, int group) {
        return option.group(group).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> options() {
        return factories()
                .flatMap(OptionsTest::properties)
                .map(ProviderConfigProperty::getName)
                .distinct()
                .sorted()
                .toList();
    }

    private static Set<String> serverOptions(String provider) {
        return factories()
                .filter(factory ->
                        factory instanceof ProviderFactory<?> p && p.getId().equals(provider))
                .flatMap(OptionsTest::ofTheServer)
                .map(ProviderConfigProperty::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Object> factories() {
        try (Stream<Path> services = Files.list(SERVICES)) {
            return services
                    .flatMap(service -> text(service).lines())
                    .filter(line -> line.startsWith("com.wisesync."))
                    .toList()
                    .stream()
                    .map(OptionsTest::create);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object create(String type) {
        try {
            return Class.forName(type).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type, e);
        }
    }

    private static Stream<ProviderConfigProperty> properties(Object factory) {
        return Stream.concat(ofTheRealm(factory), ofTheServer(factory));
    }

    private static Stream<ProviderConfigProperty> ofTheRealm(Object factory) {
        return factory instanceof ConfiguredProvider configured && isOwn(factory, "getConfigProperties")
                ? configured.getConfigProperties().stream()
                : Stream.empty();
    }

    private static Stream<ProviderConfigProperty> ofTheServer(Object factory) {
        return factory instanceof ProviderFactory<?> provider && isOwn(factory, "getConfigMetadata")
                ? provider.getConfigMetadata().stream()
                : Stream.empty();
    }

    /** Options inherited from a class of Keycloak are documented there. */
    private static boolean isOwn(Object factory, String method) {
        try {
            return factory.getClass()
                    .getMethod(method)
                    .getDeclaringClass()
                    .getName()
                    .startsWith("com.wisesync.");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
