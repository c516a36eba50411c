package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/**
 * Messages in the language of whoever reads them. From the login theme, whose texts for Keycloak's own rules speak to the
 * person at a form; our message files are part of every theme.
 */
final class Texts {

    private final Locale locale;
    private final Properties messages;

    Texts(KeycloakSession session, UserModel reader) {
        this.locale = session.getContext().resolveLocale(reader);
        try {
            this.messages = session.theme().getTheme(Theme.Type.LOGIN).getMessages(locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String of(Reason reason) {
        String text = messages.getProperty(reason.key());
        return text == null
                ? reason.key()
                : new MessageFormat(text, locale).format(reason.params().toArray());
    }
}
