package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.activity.ActivityKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityRepsTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00A0=1", "＝1", "=\n1"})
    void whatASpreadsheetWouldRunIsPrecededByAnApostrophe(String value) {
        assertThat(ActivityReps.harmless(value)).isEqualTo("'" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "uma@acme.example", "O'Brien-Smith", "a=b", "'quoted'", "2026-11-28T09:30:00Z"})
    void otherValuesAreUnchanged(String value) {
        assertThat(ActivityReps.harmless(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyKindHasAText(String language) throws IOException {
        Properties messages = new Properties();
        try (InputStream file = ActivityRepsTest.class.getResourceAsStream(
                "/theme-resources/messages/messages_" + language + ".properties")) {
            messages.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }

        assertThat(ActivityKind.values())
                .allSatisfy(kind -> assertThat(messages.getProperty("wiseSyncActivity." + kind.id()))
                        .isNotBlank());
    }

    @Test
    void aKindIsFoundByItsId() {
        assertThat(ActivityKind.find("password-changed")).contains(ActivityKind.PASSWORD_CHANGED);
        assertThat(ActivityKind.find("PASSWORD_CHANGED")).isEmpty();
    }
}
