package com.wisesync.keycloak.mail;

import java.util.Map;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.models.KeycloakSession;

/** Renders an email with Keycloak's templates and keeps it instead of sending it: SMTP must not run in a transaction. */
final class RenderedEmail extends FreeMarkerEmailTemplateProvider {

    private final String recipient;
    private String subject;
    private String text;
    private String html;

    RenderedEmail(KeycloakSession session, String address) {
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
