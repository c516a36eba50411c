package com.wisesync.keycloak.benchmark;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.jayway.jsonpath.JsonPath;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.ServerSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/**
 * The environment of the measured servers: a mailbox that can hold emails, a Wise-Pay and applications with a
 * configurable delay, and databases.
 */
final class BenchmarkEnvironment implements AutoCloseable {

    record Deactivation(String user, Instant at) {}

    /** The page size of the extension (ActiveLinks). */
    private static final int LINKS_PAGE = 500;

    private static final String DEACTIVATIONS = "/v1/link-deactivations";
    private static final String LINKS = "/v1/links";
    private static final String LOGOUTS = "/logouts/";
    private static final String LIFECYCLE = "/lifecycle";

    private final Mailbox mailbox;
    // Each request that hangs keeps a thread, also after the client has given up.
    private final WireMockServer wisePay =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().containerThreads(400));
    private final List<StubMapping> linkPages = new ArrayList<>();
    private volatile CountDownLatch emailGate = new CountDownLatch(0);

    BenchmarkEnvironment() throws IOException {
        mailbox = Mailbox.start();
        mailbox.onMail(mail -> awaitOpen(emailGate));
        wisePay.start();
        wisePay.stubFor(WireMock.get(WireMock.urlPathEqualTo(LINKS)).willReturn(WireMock.okJson("{\"links\":[]}")));
        wisePay.stubFor(WireMock.post(WireMock.urlPathEqualTo(LIFECYCLE)).willReturn(WireMock.ok()));
        wisePayAnswersAfter(0);
        applicationsAnswerAfter(0);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    void wisePayAnswersAfter(int millis) {
        wisePay.stubFor(WireMock.post(WireMock.urlPathEqualTo(DEACTIVATIONS))
                .willReturn(WireMock.okJson("{\"deactivated\":[]}").withFixedDelay(millis)));
    }

    /** The back-channel logout URL of an application. */
    String logoutUrl(String application) {
        return wisePay.baseUrl() + LOGOUTS + application;
    }

    /** Accepts lifecycle events. */
    String lifecycleUrl() {
        return wisePay.baseUrl() + LIFECYCLE;
    }

    /** The delay of all applications that have a {@link #logoutUrl}. */
    void applicationsAnswerAfter(int millis) {
        wisePay.stubFor(WireMock.post(WireMock.urlPathMatching(LOGOUTS + ".*"))
                .willReturn(WireMock.ok().withFixedDelay(millis)));
    }

    /**
     * Holds the emails of a turn, so that rendering and sending them are not measured with the requests: until {@link
     * #releaseEmails} the mail server answers no email. The server's two senders of emails then wait, and it renders no
     * further one. Emails that were pending before are dropped.
     */
    void holdEmails(DataSource database) {
        releaseEmails(database);
        emailGate = new CountDownLatch(1);
    }

    /** Drops the emails that are pending, and answers again. */
    void releaseEmails(DataSource database) {
        DataGenerator.waiting(database, 0);
        emailGate.countDown();
    }

    /** The active links that Wise-Pay lists from now on: one of each user. */
    void setLinks(List<String> users) {
        linkPages.forEach(wisePay::removeStub);
        linkPages.clear();
        // Last page first, so that no run reads only the beginning.
        for (int first = (users.size() - 1) / LINKS_PAGE * LINKS_PAGE; first >= 0; first -= LINKS_PAGE) {
            linkPages.add(wisePay.stubFor(WireMock.get(WireMock.urlPathEqualTo(LINKS))
                    .withQueryParam("first", WireMock.equalTo(String.valueOf(first)))
                    .willReturn(WireMock.okJson(links(users, first)))));
        }
    }

    private static String links(List<String> users, int first) {
        return IntStream.range(first, Math.min(first + LINKS_PAGE, users.size()))
                .mapToObj(n -> "{\"id\":\"%d\",\"user\":\"%s\",\"kind\":\"proxy\",\"status\":\"active\"}"
                        .formatted(n + 1, users.get(n)))
                .collect(Collectors.joining(",", "{\"links\":[", "]}"));
    }

    /** How often links were requested since the last {@link #forgetRequests}. */
    int linkRequests() {
        return wisePay.countRequestsMatching(
                        WireMock.getRequestedFor(WireMock.urlPathEqualTo(LINKS)).build())
                .getCount();
    }

    void forgetRequests() {
        wisePay.resetRequests();
    }

    /** Deactivations in the order of their arrival. */
    List<Deactivation> deactivations() {
        return wisePay.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .filter(request -> request.getUrl().equals(DEACTIVATIONS))
                .map(request -> new Deactivation(
                        JsonPath.read(request.getBodyAsString(), "$.user.id"),
                        request.getLoggedDate().toInstant()))
                .sorted(Comparator.comparing(Deactivation::at))
                .toList();
    }

    /** Makes the realm of a copied database use this mailbox: its port was stored when the realm was imported. */
    void receiveEmails(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE realm_smtp_config SET value = ? WHERE name = 'port'")) {
            statement.setString(1, String.valueOf(mailbox.port()));
            statement.executeUpdate();
        }
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
        return configured().start();
    }

    /** A server whose data directory is kept for the next run. */
    static EmbeddedPostgres postgres(Path data) throws IOException {
        Files.createDirectories(data);
        return configured()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // After a run that was killed, it first recovers.
                .setPGStartupWait(Duration.ofMinutes(5))
                .start();
    }

    private static EmbeddedPostgres.Builder configured() {
        return EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "256MB")
                // Filling a database writes several gigabytes.
                .setServerConfig("max_wal_size", "4GB");
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

    private static void awaitOpen(CountDownLatch gate) {
        try {
            if (!gate.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Emails were not released");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        emailGate.countDown();
        wisePay.stop();
        mailbox.close();
    }
}
