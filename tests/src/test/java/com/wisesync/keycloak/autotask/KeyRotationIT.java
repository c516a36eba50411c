package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;

/** The life cycle of a key, from a Vault without keys until the first key is retired. */
@Tag("full")
class KeyRotationIT {

    private static final String FIRST = "first-key";
    private static final String SECOND = "second-key";

    private final Map<String, String> vault = Map.of(FIRST, key(), SECOND, key());
    private Mailbox mailbox;
    private KeycloakProcess server;

    @BeforeEach
    void start() {
        mailbox = Mailbox.start();
        server = KeycloakProcess.start(Distribution.withExtension(), settings(FIRST));
    }

    @AfterEach
    void stop() {
        server.close();
        mailbox.close();
    }

    @Test
    void aFirstKeyIsAddedAndReplacedByASecond() throws IOException {
        List<Person> people = people();

        Answer refused = put(people.get(0), Map.of("username", "a@autotask.example", "password", "secret"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("errorMessage").asText())
                .contains("the Vault has no key named \"" + FIRST + "\"")
                .contains("32 random bytes", "Base64", "spi-credential--autotask-account--keys");
        assertThat(get(people.get(0), "").json().has("username")).isFalse();

        intoTheVault(FIRST);
        for (Person person : people) {
            assertThat(put(person, Map.of("username", "a@autotask.example", "password", "secret"))
                            .status())
                    .isEqualTo(200);
        }
        awaitCounts(Map.of(FIRST, 3));

        startAgain(SECOND);
        awaitCounts(Map.of(SECOND, 0, "_other", 3));
        Answer retiredTooEarly = get(people.get(0), "/secret");
        assertThat(retiredTooEarly.status()).isEqualTo(503);
        assertThat(retiredTooEarly.text()).contains(FIRST);

        startAgain(SECOND, FIRST);
        awaitCounts(Map.of(SECOND, 0, FIRST, 3));
        assertThat(secretOf(people.get(0))).hasValue("secret");
        awaitCounts(Map.of(SECOND, 1, FIRST, 2));
        assertThat(put(people.get(1), Map.of("username", "b@autotask.example")).status())
                .isEqualTo(200);
        awaitCounts(Map.of(SECOND, 2, FIRST, 1));
        assertThat(IntStream.range(0, 16).parallel().mapToObj(read -> secretOf(people.get(2))))
                .as("read by many at once")
                .hasSize(16)
                .containsOnly(Optional.of("secret"));
        awaitCounts(Map.of(SECOND, 3, FIRST, 0));

        startAgain(SECOND);
        awaitCounts(Map.of(SECOND, 3, "_other", 0));
        Files.delete(inVault(FIRST));
        assertThat(people).allSatisfy(person -> assertThat(secretOf(person)).hasValue("secret"));
    }

    /** The metric that an operator checks before retiring a key. */
    private void awaitCounts(Map<String, Integer> byKey) {
        Api management = new Api(server.managementUrl(), () -> null);
        String[] lines = byKey.entrySet().stream()
                .map(count -> "wise_sync_autotask_accounts{kid=\"%s\",realm=\"wise-sync\"} %d.0"
                        .formatted(count.getKey(), count.getValue()))
                .toArray(String[]::new);
        await().untilAsserted(() ->
                assertThat(management.get("/metrics").text().lines()).contains(lines));
    }

    private List<Person> people() {
        try (Keycloak admin = server.adminClient()) {
            People people = new People(Server.realm(admin));
            return Stream.generate(() -> people.create(DemoAccounts.ACME, "user", "acme-au"))
                    .limit(3)
                    .toList();
        }
    }

    private Optional<String> secretOf(Person person) {
        Answer answer = get(person, "/secret");
        return answer.status() == 200
                ? Optional.of(answer.json().path("password").asText())
                : Optional.empty();
    }

    private Answer get(Person person, String end) {
        return service().get(path(person) + end);
    }

    private Answer put(Person person, Map<String, String> stored) {
        return service().put(path(person), stored);
    }

    private Api service() {
        String token = Tokens.ofService(server, "wise-sync-service", "wise-sync-service-secret")
                .access();
        return new Api(server.apiUrl(), () -> token);
    }

    /** Starting the server writes the Vault of the demo again. */
    private void startAgain(String... keys) throws IOException {
        server.close();
        server = KeycloakProcess.startAgain(Distribution.withExtension(), settings(keys));
        intoTheVault(FIRST);
        intoTheVault(SECOND);
    }

    private void intoTheVault(String key) throws IOException {
        Files.writeString(inVault(key), vault.get(key));
    }

    private static Path inVault(String key) {
        return SourceTree.target().resolve("servers/key-rotation/data/vault/wise-sync_" + key);
    }

    private ServerSettings settings(String... keys) {
        return ServerSettings.demo("key-rotation", mailbox.port(), 1)
                .withOptions(
                        "--spi-credential--autotask-account--keys=" + String.join(",", keys),
                        "--spi-credential--autotask-account--key-count-seconds=1");
    }

    private static String path(Person person) {
        return "/accounts/" + DemoAccounts.ACME + "/users/" + person.id() + "/autotask-account";
    }

    private static String key() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
