package com.wisesync.keycloak.outbox;

import java.time.Instant;
import java.util.Optional;

/**
 * The position of an entry among those of its kind and owner, stored in {@code CONTAINER_ID}, which nothing else uses for our
 * kinds. It does not depend on the precision of timestamps (MySQL and MariaDB drop fractions of a second) nor on equal clocks:
 * every entry is placed after the last one of its owner. Digits of fixed length sort alike in every collation.
 */
final class Sequence {

    private Sequence() {}

    /**
     * The next position.
     *
     * @param last the highest position of the owner; empty if there is none
     */
    static String after(Optional<String> last, Instant now) {
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
        long next = last.map(position -> Math.max(micros, Long.parseLong(position) + 1))
                .orElse(micros);
        return String.format("%020d", next);
    }
}
