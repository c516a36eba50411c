package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.Versioned;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProviderFactory;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;

/**
 * Keycloak's emails. Remembers in addition which link was in an email of Keycloak's admin API: the admin event does not contain
 * it, and links of one second have the same time. Replaces Keycloak's factory: same id and a higher order (ProviderManager,
 * 26.7).
 */
public final class StockLinkEmails extends FreeMarkerEmailTemplateProviderFactory implements Versioned {

    private static final String SENT = "wise-sync.stock-link";
    private static final Pattern KEY = Pattern.compile("[?&]key=([^&]+)");

    @Override
    public EmailTemplateProvider create(KeycloakSession session) {
        return new SendingProvider(session);
    }

    @Override
    public int order() {
        return 1;
    }

    /** The id of the token in the link that was sent in this request; empty if none was sent. */
    static Optional<String> tokenSentIn(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(SENT, String.class));
    }

    /** The id of the token in a link; empty if there is none: the email has been sent, so this is no error. */
    static Optional<String> tokenOf(String link) {
        Matcher key = KEY.matcher(link);
        if (!key.find()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new JWSInput(key.group(1))
                    .readJsonContent(JsonWebToken.class)
                    .getId());
        } catch (JWSInputException e) {
            return Optional.empty();
        }
    }

    private static final class SendingProvider extends LocalizedEmails {

        private SendingProvider(KeycloakSession session) {
            super(session);
        }

        @Override
        public void sendExecuteActions(String link, long expirationInMinutes) throws EmailException {
            super.sendExecuteActions(link, expirationInMinutes);
            tokenOf(link).ifPresent(token -> session.setAttribute(SENT, token));
        }
    }
}
