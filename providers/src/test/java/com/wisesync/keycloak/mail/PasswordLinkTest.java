package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

class PasswordLinkTest {

    @Test
    void aLinkIsReadAsItWasWritten() throws IOException {
        Instant expires = Instant.now().plusSeconds(60);
        PasswordLink link =
                new PasswordLink("user-id", "ada@acme.example", expires, "row-id", "fingerprint", "ada-id", true);

        PasswordLink read = JsonSerialization.readValue(JsonSerialization.writeValueAsString(link), PasswordLink.class);

        assertThat(read.row()).isEqualTo("row-id");
        assertThat(read.state()).isEqualTo("fingerprint");
        assertThat(read.invitedBy()).isEqualTo("ada-id");
        assertThat(read.isInvitation()).isTrue();
        assertThat(read.isOver()).isFalse();
        assertThat(read.getEmail()).isEqualTo("ada@acme.example");
        assertThat(read.getActionId()).isEqualTo(PasswordLink.TYPE);
        assertThat(read.serializeKey()).as("the key of single use").isEqualTo(link.serializeKey());
    }

    @Test
    void theTokenOutlivesTheLink() {
        Instant expired = Instant.now().minusSeconds(1);
        PasswordLink link = new PasswordLink("user-id", "ada@acme.example", expired, "row-id", "state", null, true);

        assertThat(link.isOver()).isTrue();
        assertThat(link.isActive()).isTrue();
    }
}
