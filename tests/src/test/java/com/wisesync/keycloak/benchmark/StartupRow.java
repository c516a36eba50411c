package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.Target.atMost;

import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * How much longer a server takes to start with our jars than without: the time that it logs, both augmented and with
 * existing data, alternating.
 */
final class StartupRow {

    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");

    private final BenchmarkEnvironment environment;
    private final int starts;

    StartupRow(BenchmarkEnvironment environment, boolean quick) {
        this.environment = environment;
        this.starts = quick ? 1 : 5;
    }

    Row row() throws Exception {
        try (EmbeddedPostgres postgres = BenchmarkEnvironment.postgres()) {
            Distribution extension = Distribution.withExtensionOnPostgres();
            ServerSettings extensionSettings = settings(postgres, "startup");
            Distribution stock = Distribution.stockOnPostgres();
            ServerSettings stockSettings = settings(postgres, "startup-stock").withRealm(StockRealm.json(Server.REALM));
            // Creates the tables and imports the realm.
            try (KeycloakProcess first = KeycloakProcess.start(extension, extensionSettings)) {
                loggedSeconds(first, 1);
            }
            try (KeycloakProcess first = KeycloakProcess.start(stock, stockSettings)) {
                loggedSeconds(first, 1);
            }
            List<Double> with = new ArrayList<>();
            List<Double> without = new ArrayList<>();
            List<Double> differences = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                without.add(secondsToStart(stock, stockSettings, i + 2));
                with.add(secondsToStart(extension, extensionSettings, i + 2));
                differences.add(with.get(i) - without.get(i));
            }
            return Row.compared(
                    "startup with our jars", "without, the difference", "s", with, without, differences, atMost(0.3));
        }
    }

    private ServerSettings settings(EmbeddedPostgres postgres, String name) throws Exception {
        BenchmarkEnvironment.database(postgres, name);
        return environment.settings(postgres, name);
    }

    private static double secondsToStart(Distribution distribution, ServerSettings settings, int start) {
        try (KeycloakProcess server = KeycloakProcess.startAgain(distribution, settings)) {
            return loggedSeconds(server, start);
        }
    }

    /** A server may be ready shortly before it logs the time. */
    private static double loggedSeconds(KeycloakProcess server, int start) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> logged(server), times -> times.size() == start)
                .get(start - 1);
    }

    private static List<Double> logged(KeycloakProcess server) {
        return STARTED.matcher(server.log())
                .results()
                .map(match -> Double.valueOf(match.group(1)))
                .toList();
    }
}
