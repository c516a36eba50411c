package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message key in the sources has a text in English and in German. */
class MessagesTest {

    private static final Pattern KEY = Pattern.compile("\"(wiseSync\\w+)\"");

    /** Packages with login pages and emails, whose texts are in the themes. */
    private static final Set<String> WITH_TEXTS_IN_THEMES = Set.of("mail", "twofactor");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyUsedKeyHasAMessageInEachLanguage(String language) {
        Properties messages = messages(language);
        Set<String> used = new TreeSet<>();
        sources().forEach(source -> KEY.matcher(source).results().forEach(key -> used.add(key.group(1))));

        assertThat(used).contains("wiseSyncNotFound", "wiseSyncLastAdminStaysEnabled", "wiseSyncWarningNoAdmin");
        assertThat(used).allSatisfy(key -> {
            assertThat(messages.getProperty(key)).as(key).isNotBlank();
            assertThat(new MessageFormat(messages.getProperty(key), Locale.forLanguageTag(language))
                            .format(new Object[] {1, 2, 3}))
                    .as(key)
                    .isNotBlank();
        });
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/com/wisesync/keycloak"))) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !WITH_TEXTS_IN_THEMES.contains(
                            file.getParent().getFileName().toString()))
                    .toList()
                    .stream()
                    .map(MessagesTest::text);
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

    private static Properties messages(String language) {
        String name = "/theme-resources/messages/messages_" + language + ".properties";
        try (InputStream file = MessagesTest.class.getResourceAsStream(name)) {
            Properties messages = new Properties();
            messages.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
