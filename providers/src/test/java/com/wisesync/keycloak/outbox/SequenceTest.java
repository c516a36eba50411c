package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    @Test
    void increasesAlsoWhenTheClockDoesNot() {
        String first = Sequence.after(Optional.empty(), NOW);
        String second = Sequence.after(Optional.of(first), NOW);
        String third = Sequence.after(Optional.of(second), NOW.minusSeconds(3600));

        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
    }

    /** Texts of different lengths would sort by their first digit. */
    @Test
    void hasAFixedLength() {
        assertThat(Sequence.after(Optional.empty(), Instant.EPOCH)).hasSize(20);
        assertThat(Sequence.after(Optional.empty(), NOW)).hasSize(20);
    }
}
