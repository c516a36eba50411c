package com.wisesync.keycloak.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.keycloak.util.JsonSerialization;

/**
 * What a row stores beyond Keycloak's columns, as JSON. Fields that this version does not know are kept, so that nodes of two
 * versions can work on the same rows during a rolling update.
 */
final class Metadata {

    private static final String LEASE = "lease";
    private static final String FIRST_ATTEMPT = "firstAttemptAt";
    private static final String ANSWER = "answer";
    private static final String RESENT = "resent";
    private static final String NOTE = "note";
    private static final String RELEASED = "released";

    private final ObjectNode fields;

    private Metadata(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * Reads the metadata of a row.
     *
     * @param json null if the row has none
     */
    static Metadata of(String json) {
        try {
            JsonNode node = json == null ? null : JsonSerialization.mapper.readTree(json);
            return new Metadata(node instanceof ObjectNode object ? object : JsonSerialization.createObjectNode());
        } catch (IOException e) {
            throw new UncheckedIOException("The row's metadata is not JSON", e);
        }
    }

    /** Whether this is the lease that was granted last. */
    boolean isLeasedBy(Lease lease) {
        return lease.token().equals(fields.path(LEASE).textValue());
    }

    /** Whether the row was ever leased. */
    boolean wasLeased() {
        return fields.has(LEASE);
    }

    Metadata leasedAs(String token) {
        fields.put(LEASE, token);
        return this;
    }

    /** The start of the first attempt since the entry was written or retried; the given moment if there was none. */
    Instant firstAttemptAt(Instant otherwise) {
        return fields.has(FIRST_ATTEMPT)
                ? Instant.ofEpochMilli(fields.path(FIRST_ATTEMPT).asLong())
                : otherwise;
    }

    Metadata firstAttempt(Instant at) {
        fields.put(FIRST_ATTEMPT, at.toEpochMilli());
        return this;
    }

    /** The time to give up starts again with the next attempt. */
    Metadata withoutFirstAttempt() {
        fields.remove(FIRST_ATTEMPT);
        return this;
    }

    /** Whether staff have released the entry since it was held. */
    boolean isReleased() {
        return fields.path(RELEASED).asBoolean();
    }

    Metadata released() {
        fields.put(RELEASED, true);
        return this;
    }

    /** The entry has ended: if it is sent again, the time to give up and the decision of staff start again. */
    Metadata ended() {
        fields.remove(RELEASED);
        return withoutFirstAttempt();
    }

    /** What the receiver answered; null if nothing was kept. */
    String answer() {
        return fields.path(ANSWER).textValue();
    }

    Metadata answered(String answer) {
        fields.put(ANSWER, answer);
        return this;
    }

    /** How often the entry was sent again after it had been delivered. */
    int resent() {
        return fields.path(RESENT).asInt();
    }

    Metadata resentOnceMore() {
        fields.put(RESENT, resent() + 1);
        return this;
    }

    /** The handler's own note; null if there is none. */
    String note() {
        return fields.path(NOTE).textValue();
    }

    Metadata noted(String note) {
        fields.put(NOTE, note);
        return this;
    }

    String json() {
        return fields.toString();
    }
}
