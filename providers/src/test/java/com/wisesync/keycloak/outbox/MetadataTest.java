package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetadataTest {

    /** In a rolling update, a node works on rows that a newer one has written. */
    @Test
    void fieldsThatThisBuildDoesNotKnowAreKept() {
        String later = "{\"addedLater\":{\"since\":\"2.0\"},\"lease\":\"other\"}";

        String written =
                Metadata.of(later).leasedAs("token").withoutFirstAttempt().json();

        assertThat(Metadata.of(written).wasLeased()).isTrue();
        assertThat(written).contains("\"addedLater\":{\"since\":\"2.0\"}").contains("\"lease\":\"token\"");
    }
}
