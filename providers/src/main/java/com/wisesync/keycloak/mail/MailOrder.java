package com.wisesync.keycloak.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.util.JsonSerialization;

/**
 * What a row says about the mail to send. Links are made when it is sent, so that they live from then on and stand in no
 * table.
 *
 * @param notice only for a notice
 * @param baseUri of this server
 */
record MailOrder(Notice notice, String address, String baseUri) {

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MailOrder of(String json) {
        try {
            return JsonSerialization.readValue(json, MailOrder.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
