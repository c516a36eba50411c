package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.Tokens;
import com.wisesync.keycloak.testing.WebPage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;

@Tag("full")
class HungMailServerIT {

    private static final int LOGINS = 40;

    /** The number of logins per node that may wait for the mail server at the same time; others are refused. */
    private static final int SENDING = 16;

    private static final String OPEN_TRANSACTIONS = "SELECT COUNT(*) FROM pg_stat_activity"
            + " WHERE datname = 'hung-mail-server' AND state LIKE 'idle in transaction%'";

    /** Codes are sent without a transaction or a connection to the database, by at most 16 threads of a node. */
    @Test
    void aHungMailServerDelaysOnlyLoginsThatWaitForACode() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Mailbox mailbox = Mailbox.start();
                FaultTestServer server = FaultTestServer.open(
                        postgres, Distribution.withExtensionOnPostgres(), "hung-mail-server", 1, mailbox.port())) {
            hang(server, mailbox);
        }
    }

    private static void hang(FaultTestServer server, Mailbox mailbox) throws Exception {
        ObjectNode realm = (ObjectNode) server.admin().get("").json();
        ExecutorService logins = Executors.newFixedThreadPool(LOGINS);
        try (ServerSocket hung = new ServerSocket(0, 2 * LOGINS, InetAddress.getLoopbackAddress());
                Keycloak adminClient = server.process().adminClient()) {
            Person[] people =
                    Stream.generate(() -> person(adminClient)).limit(8).toArray(Person[]::new);
            Person withApp = new People(Server.realm(adminClient)).withDevice(DemoAccounts.ACME, "user", "acme-au");
            Tokens tokens = new Login(server.process(), Application.WISE_SYNC).as(Person.UMA, mailbox);
            ((ObjectNode) realm.path("smtpServer"))
                    .put("port", String.valueOf(hung.getLocalPort()))
                    .put("timeout", "60000");
            assertThat(server.admin().put("", realm).status()).isEqualTo(204);

            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < LOGINS; i++) {
                Person person = people[i % people.length];
                waiting.add(logins.submit(() -> {
                    Login login = new Login(server.process(), Application.WISE_SYNC);
                    login.password(login.start(), person);
                }));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> unfinished(waiting) <= SENDING);
            // None of the others ends, and none of them holds a connection.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.number(OPEN_TRANSACTIONS) == 0 && activeConnections(server) == 0);
            for (int round = 0; round < 5; round++) {
                tokens.refreshed(server.process(), Application.WISE_SYNC);
                Login login = new Login(server.process(), Application.WISE_SYNC);
                WebPage page = login.password(login.start(), withApp);
                assertThat(page.has(Login.CODE)).isTrue();
            }

            assertThat(unfinished(waiting)).as("logins that wait all the while").isBetween(SENDING / 2L, (long)
                    SENDING);
        } finally {
            logins.shutdownNow();
        }
    }

    private static Person person(Keycloak adminClient) {
        return new People(Server.realm(adminClient)).create(DemoAccounts.ACME, "user", "acme-au");
    }

    private static long unfinished(List<Future<?>> all) {
        return all.stream().filter(one -> !one.isDone()).count();
    }

    private static double activeConnections(FaultTestServer server) {
        return new Api(server.process().managementUrl(), () -> null)
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("agroal_active_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
