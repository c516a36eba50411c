package com.wisesync.keycloak.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Answer;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A year of delivered entries on PostgreSQL: which rows a query reads. Durations are printed only, because they depend on the machine. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeOutboxIT {

    private static final int ACCOUNT = 1;
    private static final int DELIVERED = 2_000_000;
    private static final int EXPIRED = 2_500;
    private static final int CALLS = 11;

    private EmbeddedPostgres postgres;
    private Surroundings around;
    private DataSource database;
    private KeycloakProcess server;
    private Api service;

    @BeforeAll
    void start() throws Exception {
        postgres = Surroundings.postgres();
        around = new Surroundings();
        database = Surroundings.database(postgres, "large-outbox");
        ServerSettings settings = around.settings(postgres, "large-outbox").withOptions("--cache=local");
        // Creates the tables.
        KeycloakProcess.start(Distribution.oursOnPostgres(), settings).close();
        new Fill(database).accounts(ACCOUNT, ACCOUNT, 1, 1_000);
        Instant from = Instant.now();
        // Filled faster; queries read it alike.
        change("ALTER TABLE outbox_entry SET UNLOGGED");
        Fill.delivered(database, DELIVERED, EXPIRED);
        System.out.printf("NUMBERS filled in %d ms%n", millisSince(from));
        server = KeycloakProcess.startAgain(Distribution.oursOnPostgres(), settings);
        service = Bench.service(server);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        around.close();
        postgres.close();
    }

    /** Through Keycloak's own indexes: no query reads the whole table. */
    @Test
    void deliveredEntriesCostNothing() {
        // A node purges when it has started.
        Instant started = Instant.now();
        String expired = "SELECT COUNT(*) FROM outbox_entry WHERE entry_kind = 'wise-pay' AND status = 'DELIVERED'"
                + " AND next_attempt_at < NOW() - INTERVAL '366 days'";
        await().atMost(Duration.ofMinutes(1)).until(() -> number(expired) == 0);
        System.out.printf("NUMBERS purged after %d ms%n", millisSince(started));
        long scans = settledScans();

        for (String path : List.of(
                "/deactivations",
                "/deactivations?status=delivered",
                "/deactivations?status=delivered&first=9900&max=100",
                "/deactivations?status=failed",
                "/accounts/%s/users/%s/deactivations".formatted(Fill.accountId(ACCOUNT), Fill.userId(ACCOUNT, 1)))) {
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                Instant from = Instant.now();
                Answer answer = service.get(path);
                times.add(millisSince(from));
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            }
            Collections.sort(times);
            System.out.printf(
                    "NUMBERS %s with %,d delivered entries: median %d ms, fastest %d ms%n",
                    path, DELIVERED, times.get(CALLS / 2), times.get(0));
        }

        assertThat(settledScans()).isEqualTo(scans);
    }

    /** How often the whole table was read. PostgreSQL's counters follow within a second or so. */
    private long settledScans() {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofSeconds(2)).until(() -> {
            long now = number("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'outbox_entry'");
            return last.getAndSet(now) == now;
        });
        return last.get();
    }

    private static long millisSince(Instant from) {
        return Duration.between(from, Instant.now()).toMillis();
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String query) {
        return Long.parseLong(text(query));
    }

    private String text(String query) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
