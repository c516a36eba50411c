package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands such as {@code kc.sh export} start no drainers. */
class ServerModeTest {

    private static final String LAUNCH_MODE = "kc.launch.mode";

    private final String before = System.getProperty(LAUNCH_MODE);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(LAUNCH_MODE);
        } else {
            System.setProperty(LAUNCH_MODE, before);
        }
    }

    @Test
    void aServerServes() {
        System.clearProperty(LAUNCH_MODE);
        assertThat(ServerMode.isServing()).isTrue();
    }

    @Test
    void aCommandThatEndsDoesNotServe() {
        System.setProperty(LAUNCH_MODE, "exit");
        assertThat(ServerMode.isServing()).isFalse();
    }
}
