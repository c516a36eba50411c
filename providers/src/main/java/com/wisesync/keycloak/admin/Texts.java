package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.Refusal.Reason;
import com.wisesync.keycloak.SetupFinding;
import com.wisesync.keycloak.outbox.DeliveryError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.theme.Theme;

/**
 * Messages in the reader's language. They come from the login theme, whose texts for Keycloak's own rules are written for the
 * user at a form; our message files are part of every theme.
 */
final class Texts {

    private static final String CALLER = Texts.class.getName() + ".caller";

    private final Locale locale;
    private final Properties messages;

    /** @param reader whose language is used; null for the request's */
    Texts(KeycloakSession session, UserModel reader) {
        this(session, session.getContext().resolveLocale(reader));
    }

    Texts(KeycloakSession session, Locale locale) {
        this.locale = locale;
        try {
            this.messages = session.theme().getTheme(Theme.Type.LOGIN).getMessages(locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * In the language of the user whose token authenticated the request, if Keycloak has authenticated it. Read once for each
     * request: a failed statement may make the database unreadable for the rest of the transaction.
     */
    static Texts forCaller(KeycloakSession session) {
        Texts texts = session.getAttribute(CALLER, Texts.class);
        if (texts == null) {
            UserSessionModel userSession = session.getContext().getUserSession();
            texts = new Texts(session, userSession == null ? null : userSession.getUser());
            session.setAttribute(CALLER, texts);
        }
        return texts;
    }

    Locale locale() {
        return locale;
    }

    /** The title of a finding, and what to do about it. */
    String format(SetupFinding finding) {
        return "%s: %s"
                .formatted(
                        format("wiseSyncSetup." + finding.key()),
                        finding.message() == null
                                ? format("wiseSyncSetup.ok")
                                : format(finding.message(), finding.params().toArray()));
    }

    /** The message with its parameters; its key if there is no such message. */
    String format(Reason reason) {
        return format(reason.key(), reason.params().toArray());
    }

    /** The message with its parameters; its key if there is no such message. */
    String format(String key, Object... params) {
        String text = messages.getProperty(key);
        return text == null ? key : new MessageFormat(text, locale).format(params);
    }

    /**
     * An error of a delivery, for account-admins: without details such as host names. The message {@code <key>.own-account}, if
     * there is one, replaces a text about several accounts.
     */
    String format(DeliveryError error) {
        String ownAccount = error.key() + ".own-account";
        return format(
                messages.containsKey(ownAccount) ? ownAccount : error.key(),
                error.arguments().toArray());
    }

    /** An error of a delivery, with its details. */
    String formatForStaff(DeliveryError error) {
        String text = format(error.key(), error.arguments().toArray());
        return error.detail() == null ? text : text + " (" + error.detail() + ")";
    }
}
