package com.wisesync.keycloak.benchmark;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The memory of a server's JVM, heap and other, after logins and a full collection. */
final class Memory {

    private static final Pattern USED = Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*} ([0-9.E]+)$");
    private static final int ACCOUNTS = 10;

    private final BenchmarkEnvironment environment;

    Memory(BenchmarkEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Compares new servers on new databases after the same logins: the extension with its realm, and stock Keycloak
     * with a realm of the same size.
     */
    Row after(int logins) throws Exception {
        try (EmbeddedPostgres postgres = BenchmarkEnvironment.postgres()) {
            double extension =
                    used(Distribution.withExtensionOnPostgres(), postgres, "ours", UnaryOperator.identity(), logins);
            double stock = used(
                    Distribution.stockOnPostgres(),
                    postgres,
                    "stock",
                    settings -> settings.withRealm(StockRealm.json(Server.REALM)),
                    logins);
            return Row.counted(
                    "memory after %d logins".formatted(logins),
                    "stock after the same logins",
                    "MB",
                    extension,
                    stock,
                    extension - stock,
                    Target.atMost(40));
        }
    }

    private double used(
            Distribution distribution,
            EmbeddedPostgres postgres,
            String name,
            UnaryOperator<ServerSettings> realm,
            int logins)
            throws Exception {
        DataSource database = BenchmarkEnvironment.database(postgres, name);
        ServerSettings settings = realm.apply(environment.settings(postgres, name));
        try (KeycloakProcess server = KeycloakProcess.start(distribution, settings)) {
            new DataGenerator(database).accounts(1, ACCOUNTS, 3, 100);
            for (int n = 0; n < logins; n++) {
                new Login(server, Application.WISE_SYNC)
                        .as(DataGenerator.person(1 + n % ACCOUNTS, 1 + n / ACCOUNTS % 3), environment.mailbox());
            }
            return megabytes(server);
        }
    }

    static double megabytes(KeycloakProcess server) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        // Twice: the second collection frees what the first one has finalized.
        for (int i = 0; i < 2; i++) {
            int status = new ProcessBuilder(jcmd, String.valueOf(server.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("jcmd GC.run failed with " + status);
            }
        }
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.managementUrl() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        double bytes = 0;
        Matcher used = USED.matcher(metrics);
        while (used.find()) {
            bytes += Double.parseDouble(used.group(1));
        }
        return bytes / (1024 * 1024);
    }
}
