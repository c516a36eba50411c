package com.wisesync.keycloak.mail;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.util.JsonSerialization;

/**
 * The payload of an email's outbox row. It contains no link: links are created when the email is sent, so that their lifetime
 * starts then and no table contains a usable one.
 *
 * @param userId the user the email is about; null for a requested password link
 * @param notice the kind of change; null unless it is a notice
 * @param address the recipient of a notice
 * @param actorId the admin who caused the email; null if the user did
 * @param login what the requester of a password link typed as username; null otherwise
 * @param baseUri this server's base URI in the request that queued the email
 * @param token the id of the token in a link that Keycloak has sent itself; null for everything else
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
record QueuedEmail(
        String userId, Notice notice, String address, String actorId, String login, String baseUri, String token) {

    QueuedEmail(String userId, Notice notice, String address, String actorId, String login, String baseUri) {
        this(userId, notice, address, actorId, login, baseUri, null);
    }

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
