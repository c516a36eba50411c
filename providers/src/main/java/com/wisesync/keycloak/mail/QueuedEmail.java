package com.wisesync.keycloak.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.util.JsonSerialization;

/**
 * The payload of an email's outbox row. It contains no link: links are created when the email is sent, so that their lifetime
 * starts then and no table contains a usable one.
 *
 * @param notice what the email is about; null unless it is a notice
 * @param address the recipient when the email was queued
 * @param baseUri this server's base URI in the request that queued the email
 */
record QueuedEmail(Notice notice, String address, String baseUri) {

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static QueuedEmail parse(String json) {
        try {
            return JsonSerialization.readValue(json, QueuedEmail.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
