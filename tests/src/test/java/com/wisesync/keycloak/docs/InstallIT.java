package com.wisesync.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.simulator.WisePaySimulator;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.House;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Ports;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.CredentialRepresentation;

/** The commands of docs/install.md lead from a plain Keycloak on PostgreSQL to an account-admin who logs in. */
@Tag("full")
class InstallIT {

    private static final String ADA = "ada@acme.example";
    private static final String SAM = "sam@wise-sync.example";

    private final Path home = House.target().resolve("servers/install");
    private final Path log = House.target().resolve("install.log");
    private final int port = Ports.free();

    @Test
    void theCommandsInstallAServerWithAnAccountAdmin() throws Exception {
        List<String> commands = commands();
        // The values in the document are placeholders.
        assertThat(commands.get(0)).startsWith("# values");
        assertThat(commands).hasSize(6);
        Files.deleteIfExists(log);
        bash(
                "rm -rf '%1$s' && mkdir -p '%1$s' && cp -a '%2$s/.' '%1$s'".formatted(home, House.distribution()),
                Map.of());

        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Mailbox mailbox = Mailbox.start();
                WisePaySimulator wisePay =
                        WisePaySimulator.start(0, DemoVault.WISE_PAY_API_KEY, DemoVault.WISE_PAY_WEBHOOK_SECRET)) {
            Map<String, String> values = values(postgres, mailbox, wisePay);
            bash(commands.get(1), values);
            bash(commands.get(2), values);
            Process started = start("exec " + commands.get(3), values);
            try {
                awaitRealm(started);
                bash(commands.get(4) + commands.get(5), values);

                assertThat(mailbox.take(SAM).link()).isPresent();
                assertThat(mailbox.take(ADA).link()).isPresent();
                Tokens tokens = new Login(server(), Application.CONSOLE).as(withPassword(), mailbox);
                Api console = new Api(server().apiUrl(), tokens::access);
                assertThat(console.get("/me").json().path("role").asText()).isEqualTo("account-admin");
                assertThat(console.get("/accounts").json().path("total").asInt())
                        .isEqualTo(1);
            } finally {
                started.destroy();
                started.waitFor(30, TimeUnit.SECONDS);
                started.destroyForcibly();
            }
        }
    }

    private static List<String> commands() {
        String text = Documents.text(Documents.at("docs/install.md"));
        int from = text.indexOf("## New realm");
        return Documents.code(text.substring(from, text.indexOf("\n## ", from)), "sh");
    }

    private Map<String, String> values(EmbeddedPostgres postgres, Mailbox mailbox, WisePaySimulator wisePay) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("SOURCE", House.root().toString());
        values.put("SERVER", "http://localhost:" + port);
        values.put("KC_DB_URL", postgres.getJdbcUrl("postgres", "postgres"));
        values.put("KC_DB_USERNAME", "postgres");
        values.put("KC_DB_PASSWORD", "postgres");
        values.put("KC_BOOTSTRAP_ADMIN_USERNAME", Server.ADMIN);
        values.put("KC_BOOTSTRAP_ADMIN_PASSWORD", Server.ADMIN);
        values.put("WISE_SYNC_APP_URL", "https://app.example.com");
        values.put("WISE_PAY_URL", "https://pay.example.com");
        values.put("WISE_PAY_API_URL", "http://localhost:" + wisePay.port());
        values.put("WISE_PAY_API_KEY", DemoVault.WISE_PAY_API_KEY);
        values.put("SMTP_HOST", "localhost");
        values.put("SMTP_PORT", String.valueOf(mailbox.port()));
        values.put("SMTP_FROM", "no-reply@example.com");
        values.put("SUPPORT", SAM);
        values.put("ADMIN", ADA);
        // Instead of TLS. The configuration of kcadm.sh is in HOME.
        values.put("KC_HTTP_ENABLED", "true");
        values.put("KC_HTTP_PORT", String.valueOf(port));
        values.put("KC_HTTP_MANAGEMENT_PORT", String.valueOf(Ports.free()));
        values.put("KC_CACHE", "local");
        values.put("HOME", home.toString());
        return values;
    }

    /** The link in the invitation is the subject of other tests. */
    private Person withPassword() {
        try (Keycloak keycloak = server().adminClient()) {
            String id = Server.realm(keycloak)
                    .users()
                    .searchByUsername(ADA, true)
                    .get(0)
                    .getId();
            CredentialRepresentation password = new CredentialRepresentation();
            password.setType(CredentialRepresentation.PASSWORD);
            password.setValue("correct-horse");
            Server.realm(keycloak).users().get(id).resetPassword(password);
            return new Person(id, ADA, "correct-horse");
        }
    }

    private void awaitRealm(Process started) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest realm =
                HttpRequest.newBuilder(URI.create(server().realmUrl())).build();
        await("the realm, see " + log)
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsMatching(IOException.class::isInstance)
                .until(() -> {
                    assertThat(started.isAlive()).as("see " + log).isTrue();
                    return http.send(realm, BodyHandlers.discarding()).statusCode() == 200;
                });
    }

    private void bash(String commands, Map<String, String> values) throws Exception {
        Process bash = start("set -euo pipefail\n" + commands, values);
        assertThat(bash.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(bash.exitValue()).as(commands + "\nsee " + log).isZero();
    }

    private Process start(String commands, Map<String, String> values) throws IOException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (Files.isDirectory(home)) {
            bash.directory(home.toFile());
        }
        bash.environment().keySet().removeIf(name -> name.startsWith("KC_"));
        bash.environment().putAll(values);
        return bash.start();
    }

    private Server server() {
        return new Installed("http://localhost:" + port, log);
    }

    private record Installed(String url, Path logFile) implements Server {

        @Override
        public String managementUrl() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String log() {
            try {
                return Files.readString(logFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            // The test ends the process.
        }
    }
}
