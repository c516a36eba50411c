package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.config.RealmFiles;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Servers;
import com.wisesync.keycloak.testing.Testbed;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The startup check in the log of a server. */
@Tag("full")
class SetupLogIT {

    @Test
    void everyProblemIsLoggedAtTheStart() {
        ObjectNode realm = RealmFiles.withDemo();
        realm.put("permanentLockout", true).put("maxSecondaryAuthFailures", 3);
        for (JsonNode action : realm.path("requiredActions")) {
            if (action.path("alias").asText().equals("wise-sync-second-factor")) {
                ((ObjectNode) action).put("enabled", false);
            }
        }
        try (Mailbox mailbox = Mailbox.start();
                Server server = Servers.start(
                        ServerSettings.demo("setup", mailbox.port(), 1).withRealm(RealmFiles.json(realm)))) {
            await().untilAsserted(() -> assertThat(server.log())
                    .contains("Realm 'wise-sync': Lockout by second factors: maxSecondaryAuthFailures is set")
                    .contains("permanent lockout is enabled")
                    .contains("required action 'wise-sync-second-factor' is disabled")
                    .contains("Wise-Pay: it does not answer")
                    .contains("checks of the setup, 4 problems"));
        }
        Server shared = Testbed.get().server();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(shared.log())
                        .as("the realm of the files")
                        .contains("checks of the setup, 0 problems"));
    }
}
