package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyringTest {

    @Test
    void the_first_key_is_the_newest_and_the_others_still_decrypt() {
        Keyring keys = new Keys().with("new", 1).with("old", 2).ring("new", "old");

        assertThat(keys.newest().orElseThrow().kid()).isEqualTo("new");
        assertThat(keys.named("old")).isPresent();
    }

    @Test
    void keys_that_are_not_configured_are_not_looked_up() {
        assertThat(new Keys()
                        .with("k1", 1)
                        .with("wise-pay-api-key", 2)
                        .ring("k1")
                        .named("wise-pay-api-key"))
                .isEmpty();
    }

    @Test
    void an_older_key_does_not_replace_a_missing_newest_key() {
        assertThat(new Keys().with("old", 1).ring("new", "old").newest()).isEmpty();
    }

    @Test
    void invalid_text_is_not_a_key() {
        assertThat(new Keys().with("k1", "hunter2").ring("k1").newest()).isEmpty();
        assertThat(new Keys().with("k1", "c2hvcnQ=").ring("k1").newest()).isEmpty();
        assertThat(new Keys().with("k1", "").ring("k1").newest()).isEmpty();
    }

    @Test
    void invalid_names_of_vault_entries_stop_the_server() {
        for (String name : new String[] {"", "a_b", "../realm", "a}b", "${vault.a}"}) {
            assertThatThrownBy(() -> new AutotaskConfig(List.of(name), 1, Duration.ofMinutes(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keys");
        }
    }
}
