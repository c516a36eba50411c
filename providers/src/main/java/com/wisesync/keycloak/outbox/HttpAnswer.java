package com.wisesync.keycloak.outbox;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The answer to a call.
 *
 * @param retryAfterHeader the header {@code Retry-After} as it was received
 */
public record HttpAnswer(int status, String body, Optional<String> retryAfterHeader) {

    private static final Logger LOG = Logger.getLogger(HttpAnswer.class);

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** How long to wait, from either form of the header; zero if there is none that can be read. */
    public Duration retryAfter(ZonedDateTime now) {
        return retryAfterHeader
                .map(String::strip)
                .map(text -> duration(text, now))
                .orElse(Duration.ZERO);
    }

    private static Duration duration(String text, ZonedDateTime now) {
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until = Duration.between(now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            LOG.debugf("Retry-After can't be read: '%s'", text);
            return Duration.ZERO;
        }
    }
}
