package com.wisesync.keycloak.run;

import com.wisesync.keycloak.testing.Mail;

/** A mail as one line of the log. */
final class MailLine {

    private MailLine() {}

    static String of(Mail mail) {
        return "MAIL %s | %s | %s"
                .formatted(
                        oneLine(mail.to()), oneLine(mail.subject()), mail.code().orElse(""))
                .strip();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").replace('|', '/');
    }
}
