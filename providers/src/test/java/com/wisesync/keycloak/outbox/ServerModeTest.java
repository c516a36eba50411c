package com.wisesync.keycloak.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands such as {@code kc.sh export} start no drainers. */
class ServerModeTest {

    private static final String LAUNCH_MODE = "kc.launch.mode";
    private static final String PROFILE = "kc.profile";

    @AfterEach
    void restore() {
        System.clearProperty(LAUNCH_MODE);
        System.clearProperty(PROFILE);
    }

    @Test
    void aServerServes() {
        System.setProperty(PROFILE, "prod");
        assertThat(ServerMode.isServing()).isTrue();
    }

    @Test
    void exportAndImportDoNotServe() {
        System.setProperty(PROFILE, "nonserver");
        assertThat(ServerMode.isServing()).isFalse();
    }

    @Test
    void aServerThatOnlyStartsDoesNotServe() {
        System.setProperty(LAUNCH_MODE, "exit_after_start");
        assertThat(ServerMode.isServing()).isFalse();
    }
}
