package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Reconciling with active links at Wise-Pay, on a server of its own that does nothing else. One linked user of each run was
 * disabled in the database, so that the run ends with a deactivation.
 */
final class ReconcilingRows {

    private static final String OFTEN = "--spi-events-listener--wise-sync--wise-pay-compare-every=10s";
    private static final int RUNS = 3;
    private static final int LINKS_OF_TARGET = 50_000;
    private static final double SECONDS_OF_TARGET = 60;

    private final BenchmarkEnvironment environment;
    private final BenchmarkData data;
    private final DataSource database;

    ReconcilingRows(BenchmarkEnvironment environment, BenchmarkData data, DataSource database) {
        this.environment = environment;
        this.data = data;
        this.database = database;
    }

    List<Row> rows(EmbeddedPostgres postgres, String name) throws Exception {
        List<String> users = new ArrayList<>(data.linkedUsers());
        int links = users.size();
        try (KeycloakProcess server = KeycloakProcess.start(
                Distribution.withExtensionOnPostgres(),
                environment.settings(postgres, name).withOptions(OFTEN))) {
            List<Double> seconds = new ArrayList<>();
            // Warms up.
            processorSeconds(server, users);
            double before = Memory.megabytes(server);
            for (int run = 0; run < RUNS; run++) {
                seconds.add(processorSeconds(server, users));
            }
            double after = Memory.megabytes(server);
            return List.of(
                    Row.repeated(
                            "reconcile %,d active links at %,d users".formatted(links, data.users()),
                            "s of processor time",
                            seconds,
                            atMost(SECONDS_OF_TARGET * links / LINKS_OF_TARGET)),
                    Row.counted(
                            "memory after reconciling %d times more".formatted(RUNS),
                            "before, the difference",
                            "MB",
                            after,
                            before,
                            after - before,
                            atMost(10)));
        }
    }

    /**
     * The processor time from the first page of links to the deactivation.
     *
     * @param users with an active link each; the disabled user is removed, because a later run would hold a second entry
     */
    private double processorSeconds(KeycloakProcess server, List<String> users) throws SQLException {
        String disabled = users.get(users.size() / 2);
        disable(disabled);
        environment.setLinks(users);
        environment.forgetRequests();
        await().until(() -> environment.linkRequests() > 0);
        Duration start = server.processorTime();
        await().until(() -> environment.deactivations().stream()
                .anyMatch(sent -> sent.user().equals(disabled)));
        Duration end = server.processorTime();
        environment.setLinks(List.of());
        users.remove(disabled);
        return end.minus(start).toMillis() / 1000.0;
    }

    private void disable(String user) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE user_entity SET enabled = false WHERE id = ?")) {
            statement.setString(1, user);
            statement.executeUpdate();
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(50));
    }
}
