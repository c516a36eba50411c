package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.SourceTree;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages use one term for each thing, and documents and sources use plain words. */
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
                    "account admins?",
                    "administrators? of your account",
                    "all the same",
                    "not mailed"),
            "de",
            List.of(
                    "(abge|aus|ein)(schaltet|geschaltet|schalten)",
                    "inaktiv gemacht",
                    "jetzt gespeichert",
                    "keines auswählen",
                    "jede rolle",
                    "administrator ihrer firma",
                    "konto-administrator(en)?",
                    "zugangs?",
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

    private static final Pattern AVOIDED_IN_PROSE = Pattern.compile(
            "(?i)\\b(whoever|somebody|nobody(?!\\()|whom|told|tells?|hears?|heard|barcode|re-?authenticate"
                    + "|(turn|switch)(ed|es|s)? (on|off)|sign(ed|s)? (in|out)\\b(?! the)|(is|are|stays?) off|(is|are) on[.,]"
                    + "|those who|(of|a) (ours|theirs)|people of|good for|is no more|no such thing|for certain)(?!\\w)");

    /** Names by mood, names of these sources for packages, and parameters named for the grammar of a call. */
    private static final Pattern AVOIDED_IN_CODE =
            Pattern.compile("(?<![\"\\w])(room|house|PATIENCE(_MS)?|THEIR_OWN|BELONGS"
                    + "|HOLDS|UNUSUAL|WITHOUT_ROOM|FRESH)(?!\\w)|\\b[A-Z]\\w+ of[,)]");

    private static final Pattern CODE = Pattern.compile(".*\\.(java|ts|tsx|mjs|js|css|ftl|yaml)");

    private static final Pattern GERMAN_ID = Pattern.compile("\\b(Id|Ids|id|ids)\\b");
    private static final Pattern STRAIGHT_QUOTE = Pattern.compile("\"");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void messagesContainNoWordToAvoid(String language) throws IOException {
        Pattern avoided = avoided(language);

        assertThat(messages(language))
                .isNotEmpty()
                .allSatisfy((key, text) -> assertThat(text).as(key).doesNotContainPattern(avoided));
    }

    /** Keycloak's texts are replaced where they use other terms; those that none of our pages shows are left out. */
    @ParameterizedTest
    @CsvSource({
        "en, login, keycloak-themes, base/login, .*",
        "de, login, keycloak-themes, base/login, .*",
        "en, account, keycloak-account-ui, keycloak.v3/account, .*",
        "de, account, keycloak-account-ui, keycloak.v3/account, .*",
        "en, account, keycloak-themes, base/account, client_.*",
        "de, account, keycloak-themes, base/account, client_.*",
        "en, email, keycloak-themes, base/email, (?!.*(Html$|emailTest)).*",
        "de, email, keycloak-themes, base/email, (?!.*(Html$|emailTest)).*",
        "en, admin, keycloak-themes, base/admin, client_.*",
        "de, admin, keycloak-themes, base/admin, client_.*",
    })
    void stockTextsWithWordsToAvoidAreReplaced(String language, String type, String jar, String theme, String keys)
            throws IOException {
        String file = "/messages/messages_" + language + ".properties";
        Map<String, String> effective = stock(jar, "theme/" + theme + file);
        effective.keySet().removeIf(key -> !key.matches(keys));
        assertThat(effective).isNotEmpty();
        effective.putAll(read(Documents.at("themes/src/main/resources/theme/wise-sync/" + type + file)));

        assertThat(effective)
                .allSatisfy((key, text) -> assertThat(text)
                        .as(key)
                        .doesNotContainPattern(avoided(language))
                        .doesNotContain("Security Admin", "Security-Admin"));
        if (effective.containsKey("accountDisabledMessage")) {
            assertThat(effective.get("accountDisabledMessage")).containsAnyOf("disabled", "deaktiviert");
        }
    }

    @Test
    void germanTextsHaveGermanQuotesAndOneSpellingOfId() throws IOException {
        assertThat(messages("de"))
                .allSatisfy((key, text) -> assertThat(text)
                        .as(key)
                        .doesNotContainPattern(STRAIGHT_QUOTE)
                        .doesNotContainPattern(GERMAN_ID));
    }

    @Test
    void documentsContainNoWordToAvoid() {
        assertThat(Documents.all())
                .isNotEmpty()
                .allSatisfy(document -> assertThat(Documents.prose(document))
                        .as(document.toString())
                        .doesNotContainPattern(AVOIDED_IN_PROSE));
    }

    /** Comments, names and texts: of the main code, of the tests and of the console. */
    @ParameterizedTest
    @ValueSource(strings = {"providers/src", "realm-config/src", "tests/src", "themes/src", "themes/build"})
    void sourcesContainNoWordToAvoid(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(Documents.at(directory))) {
            assertThat(files.filter(WordsTest::isSource))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Documents.text(file))
                            .as(file.toString())
                            .doesNotContainPattern(AVOIDED_IN_PROSE)
                            .doesNotContainPattern(AVOIDED_IN_CODE));
        }
    }

    /** This class lists the words. */
    private static boolean isSource(Path file) {
        return CODE.matcher(file.toString()).matches()
                && !file.toString().contains("node_modules")
                && !file.endsWith("WordsTest.java");
    }

    private static Pattern avoided(String language) {
        return Pattern.compile(
                "(?<![\\p{L}-])(" + String.join("|", AVOIDED.get(language)) + ")(?![\\p{L}-])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
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

    private static Map<String, String> stock(String jar, String file) throws IOException {
        Path libraries = SourceTree.distribution().resolve("lib/lib/main");
        try (Stream<Path> jars = Files.list(libraries)) {
            Path library = jars.filter(path -> path.getFileName().toString().matches(".*\\." + jar + "-[\\d.]+jar"))
                    .findFirst()
                    .orElseThrow();
            try (FileSystem zip = FileSystems.newFileSystem(library);
                    Reader reader = Files.newBufferedReader(zip.getPath(file))) {
                return read(reader);
            }
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            if (!file.toString().endsWith(".json")) {
                return read(reader);
            }
            Map<String, String> messages = new TreeMap<>();
            new ObjectMapper()
                    .readTree(reader)
                    .properties()
                    .forEach(field ->
                            messages.put(field.getKey(), field.getValue().asText()));
            return messages;
        }
    }

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> messages = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> messages.put(key, properties.getProperty(key)));
        return messages;
    }
}
