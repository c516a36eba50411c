package com.wisesync.keycloak.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueuedEmailTest {

    @Test
    void readsWhatItWrites() {
        QueuedEmail email = new QueuedEmail("user", null, null, "admin", null, "https://login.example/");

        assertThat(QueuedEmail.parse(email.json())).isEqualTo(email);
    }

    /** During a rolling update, a node reads what a newer one wrote. */
    @Test
    void readsWhatANewerVersionWrites() {
        assertThat(QueuedEmail.parse("{\"userId\":\"user\",\"new\":1}").userId())
                .isEqualTo("user");
    }
}
