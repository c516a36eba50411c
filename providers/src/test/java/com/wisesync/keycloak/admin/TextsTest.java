package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.outbox.DeliveryError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;

class TextsTest {

    /** They count the users of all accounts. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void onlyStaffReadTheNumbersOfARun(String language) throws IOException {
        Texts texts = texts(Locale.forLanguageTag(language));
        DeliveryError error = DeliveryError.of("wiseSyncHeldThreshold", 23, 31).withDetail("host");

        assertThat(texts.formatForStaff(error)).contains("23", "31", "(host)");
        assertThat(texts.format(error))
                .isNotBlank()
                .doesNotContainPattern("[0-9]")
                .doesNotContain("host", "wiseSync");
    }

    private static Texts texts(Locale locale) throws IOException {
        Properties messages = new Properties();
        String file = "/theme-resources/messages/messages_" + locale.getLanguage() + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(file)) {
            messages.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
        Theme theme = mock(Theme.class);
        when(session.theme().getTheme(Theme.Type.LOGIN)).thenReturn(theme);
        when(theme.getMessages(locale)).thenReturn(messages);
        return new Texts(session, locale);
    }
}
