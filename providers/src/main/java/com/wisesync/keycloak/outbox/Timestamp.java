package com.wisesync.keycloak.outbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Timestamps in messages. */
public final class Timestamp {

    /** Always with milliseconds: {@code Instant.toString} omits them when they are zero, and such texts do not sort by time. */
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamp() {}

    /** The current time in UTC, in ISO 8601 with milliseconds. */
    public static String now() {
        return FORM.format(Instant.now());
    }
}
