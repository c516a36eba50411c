package com.wisesync.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Testbed;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;

/** The startup check as staff see it, at {@code GET setup}. */
class SetupIT {

    private final Testbed testbed = Testbed.get();

    @Test
    void theDemoRealmIsInOrder() {
        await().untilAsserted(() -> assertThat(states())
                .containsKeys("browser-flow", "autotask-key", "wise-pay", "mail-server")
                .allSatisfy((key, state) -> assertThat(state).as(key).isEqualTo("ok")));
    }

    @Test
    void aWrongSettingIsAnErrorWithInstructions() {
        RealmRepresentation realm = testbed.realm().toRepresentation();
        realm.setRegistrationAllowed(true);
        testbed.realm().update(realm);
        try {
            JsonNode line = StreamSupport.stream(
                            testbed.serviceApi().get("/setup").json().spliterator(), false)
                    .filter(node -> node.path("key").asText().equals("registration"))
                    .findFirst()
                    .orElseThrow();

            assertThat(line.path("state").asText()).isEqualTo("error");
            assertThat(line.path("text").asText())
                    .isEqualTo("User registration: it is enabled. Disable it in the realm"
                            + " settings, Login; account administrators create users.");
        } finally {
            realm.setRegistrationAllowed(false);
            testbed.realm().update(realm);
        }
    }

    private Map<String, String> states() {
        return StreamSupport.stream(testbed.serviceApi().get("/setup").json().spliterator(), false)
                .collect(Collectors.toMap(
                        node -> node.path("key").asText(),
                        node -> node.path("state").asText()));
    }
}
