package com.wisesync.keycloak.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestLimitTest {

    private final RequestLimit limit = new RequestLimit(2);

    @Test
    void requestsBeyondTheLimitWaitForTheNextMinute() {
        Instant early = Instant.parse("2026-11-29T10:00:10Z");
        assertThat(limit.count("a", early)).isEmpty();
        assertThat(limit.count("a", early)).isEmpty();
        assertThat(limit.count("a", early)).hasValue(50);
        assertThat(limit.count("b", early)).isEmpty();
        assertThat(limit.count("a", early.plusSeconds(50))).isEmpty();
    }
}
