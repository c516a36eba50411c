package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The message files use one term for each thing. */
class WordsTest {

    private static final List<String> ROOTS = List.of(
            "providers/src/main/resources/theme-resources/messages",
            "themes/src/main/resources/theme/wise-sync",
            "themes/src/main/ts/messages");

    private static final Map<String, List<String>> AVOIDED = Map.of(
            "en",
            List.of(
                    "sign(ed|ing|s)? ?(in|out)",
                    "re-?authenticate",
                    "turn(ed)? (on|off)",
                    "switch(ed)? (on|off)",
                    "(is|are) (off|on)[.,]",
                    "told|tells?|hears?|heard",
                    "whoever|somebody",
                    "(of|a) (ours|theirs)",
                    "barcode",
                    "otp",
                    "one-time code",
                    "authenticator application",
                    "e-mail",
                    "(get|got) this (mail|email)",
                    "is no more",
                    "good for \\{",
                    "use nothing",
                    "stands? for you alone",
                    "no such thing",
                    "none of the possible values",
                    "account of wise-sync",
                    "not mailed"),
            "de",
            List.of(
                    "(abge|aus|ein)(schaltet|geschaltet|schalten)",
                    "inaktiv gemacht",
                    "jetzt gespeichert",
                    "keines auswählen",
                    "jede rolle",
                    "administrator ihrer firma",
                    "gilt \\{",
                    "steht nicht allein",
                    "kennung(en)?",
                    "unternehmens?",
                    "buchhaltungsprogramm",
                    "identity-provider",
                    "einloggen|ausloggen|eingeloggt|ausgeloggt",
                    "barcode",
                    "einmalcode",
                    "hinterlegt(e|en|es)?"));

    private static final Pattern GERMAN_ID = Pattern.compile("\\b(Id|Ids|id|ids)\\b");
    private static final Pattern STRAIGHT_QUOTE = Pattern.compile("\"");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void containNoWordToAvoid(String language) throws IOException {
        String words = AVOIDED.get(language).stream().collect(Collectors.joining("|"));
        Pattern avoided = Pattern.compile(
                "(?<![\\p{L}-])(" + words + ")(?![\\p{L}-])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

        assertThat(messages(language))
                .isNotEmpty()
                .allSatisfy((key, text) -> assertThat(text).as(key).doesNotContainPattern(avoided));
    }

    @Test
    void germanTextsHaveGermanQuotesAndOneSpellingOfId() throws IOException {
        assertThat(messages("de"))
                .allSatisfy((key, text) -> assertThat(text)
                        .as(key)
                        .doesNotContainPattern(STRAIGHT_QUOTE)
                        .doesNotContainPattern(GERMAN_ID));
    }

    private static Map<String, String> messages(String language) throws IOException {
        Map<String, String> messages = new TreeMap<>();
        for (String root : ROOTS) {
            for (Path file : files(Documents.at(root), language)) {
                read(file).forEach((key, text) -> messages.put(file + " " + key, text));
            }
        }
        return messages;
    }

    private static List<Path> files(Path root, String language) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> List.of("messages_" + language + ".properties", language + ".json")
                            .contains(file.getFileName().toString()))
                    .toList();
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> messages = new TreeMap<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            if (file.toString().endsWith(".json")) {
                new ObjectMapper()
                        .readTree(reader)
                        .properties()
                        .forEach(field ->
                                messages.put(field.getKey(), field.getValue().asText()));
            } else {
                Properties properties = new Properties();
                properties.load(reader);
                properties.stringPropertyNames().forEach(key -> messages.put(key, properties.getProperty(key)));
            }
        }
        return messages;
    }
}
