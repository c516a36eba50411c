package com.wisesync.keycloak.testing;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A received mail. */
public record Mail(String to, String subject, String text, String html) {

    // A number on its own, not part of an address or of a longer key.
    private static final Pattern CODE = Pattern.compile("(?<![\\w/=&.#:-])\\d{6}(?![\\w/=&#-])");
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    static Mail of(String to, MimeMessage message) {
        try {
            return new Mail(
                    to,
                    Optional.ofNullable(message.getSubject()).orElse(""),
                    body(message, "text/plain"),
                    body(message, "text/html"));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The six-digit code, if there is one. */
    public Optional<String> code() {
        return first(CODE, text.isEmpty() ? html : text);
    }

    /** The first link, if there is one. */
    public Optional<String> link() {
        return first(LINK, text);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static String body(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart multipart) {
            StringBuilder found = new StringBuilder();
            for (int i = 0; i < multipart.getCount(); i++) {
                BodyPart child = multipart.getBodyPart(i);
                found.append(body(child, type));
            }
            return found.toString();
        }
        return "";
    }
}
