package com.wisesync.keycloak.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.SourceTree;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The receiver of {@code docs/applications.md}. */
class ReceiverTest {

    private static final String BODY = """
            {"id":"%s","type":"%s","account":{"id":"a","name":"Acme"},"user":{"id":"u","username":"uma@acme.example"}}""";

    @Test
    void verifiesAndAppliesEachMessageOnce() throws Exception {
        ProcessBuilder node = new ProcessBuilder("node", "receiver.js").redirectError(ProcessBuilder.Redirect.INHERIT);
        node.directory(SourceTree.tests().resolve("js").toFile());
        node.environment().put("LIFECYCLE_SECRET", DemoVault.LIFECYCLE_SECRET);
        Process receiver = node.start();
        try (BufferedReader says = receiver.inputReader()) {
            URI address = URI.create("http://localhost:" + says.readLine().replace("Listening on ", ""));

            assertThat(send(address, "1", "user.created", Instant.now(), "")).isEqualTo(204);
            assertThat(send(address, "1", "user.created", Instant.now(), "")).isEqualTo(204);
            assertThat(send(address, "2", "user.deleted", Instant.now(), " ")).isEqualTo(401);
            assertThat(send(address, "2", "user.deleted", Instant.now().minusSeconds(600), ""))
                    .isEqualTo(401);
            assertThat(send(address, "3", "user.deleted", Instant.now(), "")).isEqualTo(204);

            assertThat(says.readLine()).isEqualTo("user.created uma@acme.example, 1 users");
            assertThat(says.readLine()).isEqualTo("user.deleted uma@acme.example, 0 users");
        } finally {
            receiver.destroy();
        }
    }

    private static int send(URI address, String id, String type, Instant at, String appended) throws Exception {
        String body = BODY.formatted(id, type);
        String signature = new Webhook(DemoVault.LIFECYCLE_SECRET).sign(id, at.getEpochSecond(), body);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("webhook-id", id)
                .header("webhook-timestamp", String.valueOf(at.getEpochSecond()))
                .header("webhook-signature", signature)
                .POST(BodyPublishers.ofString(body + appended))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
