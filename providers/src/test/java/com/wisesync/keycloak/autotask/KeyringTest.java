package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyringTest {

    @Test
    void the_first_is_the_newest_and_the_others_still_open() {
        Keyring keys = new Keys().with("new", 1).with("old", 2).ring("new", "old");

        assertThat(keys.newest().orElseThrow().kid()).isEqualTo("new");
        assertThat(keys.named("old")).isPresent();
    }

    @Test
    void what_was_not_configured_is_not_asked_for() {
        assertThat(new Keys()
                        .with("k1", 1)
                        .with("wise-pay-api-key", 2)
                        .ring("k1")
                        .named("wise-pay-api-key"))
                .isEmpty();
    }

    @Test
    void an_older_key_does_not_stand_in_for_a_missing_newest() {
        assertThat(new Keys().with("old", 1).ring("new", "old").newest()).isEmpty();
    }

    @Test
    void text_that_is_no_key_is_none() {
        assertThat(new Keys().with("k1", "hunter2").ring("k1").newest()).isEmpty();
        assertThat(new Keys().with("k1", "c2hvcnQ=").ring("k1").newest()).isEmpty();
        assertThat(new Keys().with("k1", "").ring("k1").newest()).isEmpty();
    }

    @Test
    void names_that_are_no_vault_entries_stop_the_server() {
        for (String name : new String[] {"", "a_b", "../realm", "a}b", "${vault.a}"}) {
            assertThatThrownBy(() -> new AutotaskConfig(List.of(name), 1, Duration.ofMinutes(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keys");
        }
    }
}
