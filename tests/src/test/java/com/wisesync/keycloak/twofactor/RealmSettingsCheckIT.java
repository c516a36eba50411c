package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.config.RealmFiles;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Servers;
import com.wisesync.keycloak.testing.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a server says at the start about a realm in which a lockout could do harm. */
@Tag("full")
class RealmSettingsCheckIT {

    @Test
    void eachGuardThatIsMissingIsWarnedOf() {
        ObjectNode realm = RealmFiles.withDemo();
        realm.put("permanentLockout", true).put("maxSecondaryAuthFailures", 3);
        for (JsonNode action : realm.path("requiredActions")) {
            if (action.path("alias").asText().equals(SecondFactorCheckFactory.ID)) {
                ((ObjectNode) action).put("enabled", false);
            }
        }
        try (Mailbox mailbox = Mailbox.start();
                Server server = Servers.start(
                        ServerSettings.demo("guards", mailbox.port(), 1).withRealm(RealmFiles.json(realm)))) {
            assertThat(server.log())
                    .contains("Realm 'wise-sync': permanent lockout is on")
                    .contains("Realm 'wise-sync': maxSecondaryAuthFailures is set")
                    .contains("Realm 'wise-sync': required action 'wise-sync-second-factor' is off");
        }
        assertThat(Testbed.get().server().log()).as("as ours is set up").doesNotContain("lockout is on", "is off:");
    }
}
