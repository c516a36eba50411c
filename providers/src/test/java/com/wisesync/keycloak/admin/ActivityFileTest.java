package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.activity.ActivityEntry;
import com.wisesync.keycloak.activity.ActivityEntry.Change;
import com.wisesync.keycloak.activity.ActivityKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;

class ActivityFileTest {

    /** Excel splits a file at the list separator of its language, whatever the file was written with. */
    @Test
    void noFormulaIsFoundWithAnotherSeparator() throws IOException {
        String value = "x;=cmd|' /C calc'!A0";

        assertThat(ActivityFile.of(List.of(entry(value)), texts(Locale.ENGLISH)).text())
                .contains(",\"x;'=cmd|' /C calc'!A0\",");
    }

    @Test
    void theFileContainsTheNewestEntriesAndReportsTruncation() throws IOException {
        List<ActivityEntry> found = new ArrayList<>(Collections.nCopies(ActivityFile.MAX_ENTRIES, entry("Kept")));

        ActivityFile full = ActivityFile.of(found, texts(Locale.ENGLISH));
        found.add(entry("One too many"));
        ActivityFile truncated = ActivityFile.of(found, texts(Locale.ENGLISH));

        assertThat(full.truncated()).isFalse();
        assertThat(truncated.truncated()).isTrue();
        assertThat(truncated.text()).isEqualTo(full.text()).doesNotContain("One too many");
        assertThat(full.text().lines()).hasSize(1 + ActivityFile.MAX_ENTRIES);
    }

    @Test
    void theSeparatorIsThatOfTheReadersSpreadsheet() throws IOException {
        List<ActivityEntry> entries = List.of(entry("Huber; Söhne, KG"));

        assertThat(ActivityFile.of(entries, texts(Locale.ENGLISH)).text())
                .startsWith("\uFEFF\"Time (UTC)\",\"By\",\"User\",")
                .contains("\"2026-11-28T09:30:00Z\",\"Wise-Sync\",\"\",\"Company connected\",\"Huber; Söhne, KG\",");
        assertThat(ActivityFile.of(entries, texts(Locale.GERMANY)).text())
                .startsWith("\uFEFF\"Zeit (UTC)\";\"Von\";\"Benutzer\";")
                .contains("\"2026-11-28T09:30:00Z\";\"Wise-Sync\";\"\";\"Firma verbunden\";\"Huber; Söhne, KG\";");
    }

    @Test
    void choicesAreInWords() throws IOException {
        ActivityEntry changed = new ActivityEntry(
                Instant.parse("2026-11-28T09:30:00Z"),
                ActivityKind.ACCOUNT_CHANGED,
                null,
                false,
                null,
                null,
                null,
                List.of(
                        new Change("enabled", "true", "false"),
                        new Change("twoFactorMode", "optional", "required"),
                        new Change("psa", null, "autotask"),
                        new Change("package", "unknown", "myob"),
                        new Change("lastName", "true", "required")));

        assertThat(ActivityFile.of(List.of(changed), texts(Locale.GERMANY)).text())
                .contains("\"Aktiviert\";\"Ja\";\"Nein\"")
                .contains("\"Zwei-Faktor-Modus\";\"Optional\";\"Erforderlich\"")
                .contains("\"PSA\";\"\";\"Autotask\"")
                .contains("\"Buchhaltungssoftware\";\"unknown\";\"MYOB\"")
                .contains("\"Nachname\";\"true\";\"required\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyKindHasAText(String language) throws IOException {
        Properties messages = messages(language);

        assertThat(ActivityKind.values())
                .allSatisfy(kind -> assertThat(messages.getProperty("wiseSyncActivity." + kind.id()))
                        .isNotBlank());
    }

    @Test
    void aKindIsFoundByItsId() {
        assertThat(ActivityKind.find("password-changed")).contains(ActivityKind.PASSWORD_CHANGED);
        assertThat(ActivityKind.find("PASSWORD_CHANGED")).isEmpty();
    }

    private static ActivityEntry entry(String company) {
        Instant at = Instant.parse("2026-11-28T09:30:00Z");
        return new ActivityEntry(at, ActivityKind.COMPANY_CONNECTED, null, false, null, company, null, List.of());
    }

    private static Texts texts(Locale locale) throws IOException {
        KeycloakSession session = mock(RETURNS_DEEP_STUBS);
        Properties messages = messages(locale.getLanguage());
        when(session.theme().getTheme(Theme.Type.LOGIN).getMessages(locale)).thenReturn(messages);
        return new Texts(session, locale);
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        try (InputStream file = ActivityFileTest.class.getResourceAsStream(
                "/theme-resources/messages/messages_" + language + ".properties")) {
            messages.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        return messages;
    }
}
