package com.wisesync.keycloak.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.util.JsonSerialization;

/**
 * What we note on a row beyond Keycloak's columns.
 *
 * @param retriedAt when somebody last set a dead letter going again, in epoch milliseconds; 0 = never
 * @param answer what the receiver answered
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Metadata(long retriedAt, String answer) {

    static final Metadata NONE = new Metadata(0, null);

    static Metadata of(String json) {
        if (json == null) {
            return NONE;
        }
        try {
            return JsonSerialization.readValue(json, Metadata.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The row's metadata is not ours", e);
        }
    }

    Metadata answered(String newAnswer) {
        return new Metadata(retriedAt, newAnswer);
    }

    Metadata retried(long at) {
        return new Metadata(at, answer);
    }

    String json() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
