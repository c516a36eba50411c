package com.wisesync.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for all pages and mails: two languages, an HTML and a text part, one brand. */
class ThemesTest {

    private static final Path THEME = SourceTree.root().resolve("themes/src/main/resources/theme/wise-sync");
    private static final Path OF_PROVIDERS = SourceTree.root().resolve("providers/src/main/resources/theme-resources");
    private static final Pattern ASKED_FOR = Pattern.compile("(?:msg\\(|label=)\"(wiseSync[\\w.]*\\w)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    static Stream<Path> messageFolders() {
        return Stream.of(
                THEME.resolve("login/messages"),
                THEME.resolve("email/messages"),
                THEME.resolve("account/messages"),
                THEME.resolve("admin/messages"),
                OF_PROVIDERS.resolve("messages"));
    }

    @ParameterizedTest
    @MethodSource("messageFolders")
    void everyTextExistsInBothLanguagesWithTheSameParameters(Path folder) throws IOException {
        Properties english = properties(folder.resolve("messages_en.properties"));
        Properties german = properties(folder.resolve("messages_de.properties"));

        assertThat(german.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(german.getProperty(key)).as(key).isNotBlank();
            assertThat(placeholders(german.getProperty(key))).as(key).isEqualTo(placeholders(english.getProperty(key)));
        }
    }

    @Test
    void everyTextOfAPageOrEmailExists() throws IOException {
        for (String type : List.of("login", "email")) {
            Set<String> known = properties(THEME.resolve(type).resolve("messages/messages_en.properties"))
                    .stringPropertyNames();
            for (Path template : files(THEME.resolve(type), ".ftl")) {
                Matcher asked = ASKED_FOR.matcher(Files.readString(template));
                while (asked.find()) {
                    assertThat(known).as(template.toString()).contains(asked.group(1));
                }
            }
        }
    }

    /** Keycloak's sheet of recovery codes (26.7) has American dates and a file named after Keycloak. */
    @Test
    void noPageHasAFixedLanguageOrFileName() throws IOException {
        for (Path template : files(THEME.resolve("login"), ".ftl")) {
            assertThat(Files.readString(template))
                    .as(template.toString())
                    .doesNotContainPattern("['\"](en|de)-[A-Z]{2}['\"]")
                    .doesNotContain("kc-download");
        }
    }

    @Test
    void everyEmailExistsAsHtmlAndAsText() throws IOException {
        Set<String> html = names(THEME.resolve("email/html"));
        html.remove("template.ftl");

        assertThat(names(THEME.resolve("email/text"))).isEqualTo(html);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "email", "account", "admin"})
    void theBrandIsDefinedInOneFile(String type) throws IOException {
        Properties brand = properties(THEME.resolve("common/theme.properties"));
        Set<String> values = brand.stringPropertyNames().stream()
                .filter(key -> key.matches("brand(Name|Logo.*|(Background|Color).*)"))
                .map(brand::getProperty)
                .collect(Collectors.toSet());
        assertThat(values).hasSizeGreaterThan(5);

        for (Path file : files(THEME.resolve(type), "")) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain(values);
            if (file.endsWith("theme.properties")) {
                assertThat(properties(file).getProperty("import")).isEqualTo("common/wise-sync");
            }
        }
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(end))
                    .toList();
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        return files(folder, ".ftl").stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
