package com.wisesync.keycloak.outbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.keycloak.util.JsonSerialization;

/**
 * Why an entry was not delivered, as a message and its arguments. It is stored in the row, logged, and shown in the language of
 * the reader, so it never contains a secret, the text of an exception or the name of an internal host.
 *
 * @param key a key of the message files
 * @param arguments what is inserted into the message
 * @param detail for staff and the log only, such as a host name or the class of an exception; may be null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeliveryError(String key, List<String> arguments, String detail) {

    private static final String UNKNOWN = "wiseSyncDeliveryFailed";

    /** Checks that there is a key. */
    public DeliveryError {
        Objects.requireNonNull(key, "key");
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
    }

    /**
     * Creates an error without a detail.
     *
     * @param key a key of the message files
     */
    public static DeliveryError of(String key, Object... arguments) {
        return new DeliveryError(
                key, List.of(arguments).stream().map(String::valueOf).toList(), null);
    }

    /** The same error with a detail for staff. */
    public DeliveryError withDetail(String newDetail) {
        return new DeliveryError(key, arguments, newDetail);
    }

    /** As it is stored in the row; at most 2048 characters, because the arguments are short. */
    String encode() {
        try {
            return JsonSerialization.writeValueAsString(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what a row contains.
     *
     * @param stored {@code LAST_ERROR} of a row; may be null
     * @return null if there is none; an error without details if the text has another form
     */
    static DeliveryError decode(String stored) {
        if (stored == null || stored.isEmpty()) {
            return null;
        }
        try {
            return stored.startsWith("{") ? JsonSerialization.readValue(stored, DeliveryError.class) : of(UNKNOWN);
        } catch (IOException e) {
            return of(UNKNOWN).withDetail(e.getClass().getSimpleName());
        }
    }
}
