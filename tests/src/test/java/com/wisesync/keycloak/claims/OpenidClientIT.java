package com.wisesync.keycloak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Logs in with the code of {@code docs/applications.md}, which uses the npm package openid-client: the library
 * validates the server's answers, the test reads the application's output.
 */
class OpenidClientIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Testbed testbed = Testbed.get();

    @Test
    void logsIn() throws IOException {
        Person user = testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
        Login login = testbed.login(Application.WISE_SYNC);
        Process application = new ProcessBuilder(
                        "node",
                        "openid-client.js",
                        testbed.server().realmUrl(),
                        "wise-sync-app",
                        "wise-sync-app-secret",
                        Application.WISE_SYNC.redirect())
                .directory(SourceTree.tests().resolve("js").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader says = application.inputReader();
                BufferedWriter input = application.outputWriter()) {
            JsonNode ready = JSON.readTree(says.readLine());
            URI backchannel = URI.create(ready.get("backchannel").asText());
            backchannel(testbed.server().urlSeenFromIt(backchannel.getPort()) + backchannel.getPath());
            WebPage first = login.visitor().open(ready.get("authorize").asText());
            WebPage last = login.through(first, user, testbed.mailbox());
            writeLine(input, last.uri().toString());
            JsonNode has = JSON.readTree(says.readLine());
            UserRepresentation disabled = testbed.realm().users().get(user.id()).toRepresentation();
            disabled.setEnabled(false);
            testbed.realm().users().get(user.id()).update(disabled);
            writeLine(input, "disabled");
            JsonNode refresh = JSON.readTree(says.readLine());
            WebPage loggedOut = login.visitor().open(has.get("endSession").asText());

            assertThat(has.at("/claims/account_role").asText()).isEqualTo("user");
            assertThat(has.at("/claims/sub").asText()).isEqualTo(user.id());
            assertThat(has.at("/companies/0").asText()).isEqualTo("acme-au");
            assertThat(has.at("/userinfo/companies/0").asText()).isEqualTo("acme-au");
            assertThat(has.at("/introspection/active").asBoolean()).isTrue();
            assertThat(has.at("/introspection/account/id").asText()).isEqualTo(DemoAccounts.ACME);
            assertThat(refresh.get("hasAccess").asBoolean())
                    .as("invalid_grant, anything else throws")
                    .isFalse();
            assertThat(loggedOut.uri().toString()).startsWith(Application.WISE_SYNC.redirect());
            JsonNode backchannelLogout = JSON.readTree(says.readLine()).get("loggedOut");
            assertThat(backchannelLogout.path("sub").asText()).isEqualTo(user.id());
            assertThat(backchannelLogout.path("sid")).isEqualTo(has.at("/claims/sid"));
        } finally {
            backchannel("");
            application.destroy();
        }
    }

    private void backchannel(String address) {
        ClientRepresentation client =
                testbed.realm().clients().findByClientId("wise-sync-app").get(0);
        client.getAttributes().put("backchannel.logout.url", address);
        testbed.realm().clients().get(client.getId()).update(client);
    }

    private static void writeLine(BufferedWriter writer, String line) throws IOException {
        writer.write(line);
        writer.newLine();
        writer.flush();
    }
}
