package com.wisesync.keycloak.mail;

import java.util.Map;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.models.KeycloakSession;

/** A mail as Keycloak's templates write it, kept instead of sent: sending is for after the transaction. */
final class RenderedMail extends FreeMarkerEmailTemplateProvider {

    private final String recipient;
    private String subject;
    private String text;
    private String html;

    RenderedMail(KeycloakSession session, String address) {
        super(session);
        this.recipient = address;
    }

    @Override
    protected void send(Map<String, String> config, String subject, String textBody, String htmlBody, String address) {
        this.subject = subject;
        this.text = textBody;
        this.html = htmlBody;
    }

    String address() {
        return recipient;
    }

    String subject() {
        return subject;
    }

    String text() {
        return text;
    }

    String html() {
        return html;
    }
}
