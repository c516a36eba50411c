package com.wisesync.keycloak.benchmark;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.jayway.jsonpath.JsonPath;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** The environment of the measured servers: a mailbox, a Wise-Pay with a configurable delay, and databases. */
final class BenchmarkEnvironment implements AutoCloseable {

    record Deactivation(String user, Instant at) {}

    private final Mailbox mailbox;
    private final WireMockServer wisePay =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().containerThreads(60));

    BenchmarkEnvironment() throws IOException {
        mailbox = Mailbox.start();
        wisePay.start();
        wisePay.stubFor(
                WireMock.get(WireMock.urlPathEqualTo("/v1/links")).willReturn(WireMock.okJson("{\"links\":[]}")));
        wisePayAnswersAfter(0);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    void wisePayAnswersAfter(int millis) {
        wisePay.stubFor(WireMock.post(WireMock.urlPathEqualTo("/v1/link-deactivations"))
                .willReturn(WireMock.okJson("{\"deactivated\":[]}").withFixedDelay(millis)));
    }

    void forgetDeactivations() {
        wisePay.resetRequests();
    }

    /** Deactivations in the order of their arrival. */
    List<Deactivation> deactivations() {
        return wisePay.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .filter(request -> RequestMethod.POST.equals(request.getMethod()))
                .map(request -> new Deactivation(
                        JsonPath.read(request.getBodyAsString(), "$.user.id"),
                        request.getLoggedDate().toInstant()))
                .sorted(Comparator.comparing(Deactivation::at))
                .toList();
    }

    /** Settings of a server with our realm on this database. */
    ServerSettings settings(EmbeddedPostgres postgres, String database) {
        return ServerSettings.demo("benchmark-" + database, mailbox.port(), wisePay.port())
                .withoutLifecycleEvents()
                .withOptions(
                        "--db-url=jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), database),
                        "--db-username=postgres",
                        "--db-password=postgres")
                .withJvmOptions("-Xms512m", "-Xmx1200m");
    }

    static EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "256MB")
                .start();
    }

    /** Creates an empty database. */
    static DataSource database(EmbeddedPostgres postgres, String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"%s\"".formatted(name));
        }
        return postgres.getDatabase("postgres", name);
    }

    /** Waits until no outbox entry is pending. */
    static void settle(DataSource database) {
        Awaitility.await().atMost(Duration.ofMinutes(10)).until(() -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet waiting =
                            statement.executeQuery("SELECT 1 FROM outbox_entry WHERE status = 'PENDING' LIMIT 1")) {
                return !waiting.next();
            }
        });
    }

    @Override
    public void close() {
        wisePay.stop();
        mailbox.close();
    }
}
