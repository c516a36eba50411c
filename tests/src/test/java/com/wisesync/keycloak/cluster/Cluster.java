package com.wisesync.keycloak.cluster;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.wisesync.keycloak.simulator.WisePaySimulator;
import com.wisesync.keycloak.testing.Api;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoVault;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.KeycloakProcess;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Ports;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.keycloak.admin.client.resource.RealmResource;

/**
 * Two nodes on an embedded PostgreSQL, shared by all cluster tests of a run; each test leaves both running. Nodes find
 * each other in the database, as in production (cache stack {@code jdbc-ping}).
 */
final class Cluster {

    static final Duration COMPARE_EVERY = Duration.ofSeconds(2);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final EmbeddedPostgres database;
    private final Mailbox mailbox = Mailbox.start();
    private final WisePaySimulator wisePay;
    private final WireMockServer[] wisePayProxies = new WireMockServer[2];
    private final ClusterProxy proxy = ClusterProxy.open();
    private final KeycloakProcess[] nodes = new KeycloakProcess[2];
    private final RealmResource[] realms = new RealmResource[2];

    private Cluster() throws IOException {
        database = EmbeddedPostgres.start();
        wisePay = WisePaySimulator.start(0, DemoVault.WISE_PAY_API_KEY, DemoVault.WISE_PAY_WEBHOOK_SECRET);
        for (int node = 0; node < 2; node++) {
            wisePayProxies[node] = new WireMockServer(options().dynamicPort());
            wisePayProxies[node].start();
            wisePayProxies[node].stubFor(
                    any(anyUrl()).willReturn(aResponse().proxiedFrom("http://localhost:" + wisePay.port())));
        }
        Distribution distribution = Distribution.withExtensionOnPostgres();
        // One after the other: the first creates the tables and imports the realm.
        register(0, KeycloakProcess.start(distribution, settings(0)));
        register(1, KeycloakProcess.start(distribution, settings(1)));
        awaitBothMembers(1);
    }

    static Cluster get() {
        return Holder.RUNNING;
    }

    KeycloakProcess node(int number) {
        return nodes[number];
    }

    /** The stock admin API of a node, as the bootstrap admin. */
    RealmResource realm(int number) {
        return realms[number];
    }

    Mailbox mailbox() {
        return mailbox;
    }

    WisePaySimulator wisePay() {
        return wisePay;
    }

    /** A proxy between a node and Wise-Pay that records every call and can delay answers. */
    WireMockServer wisePayProxy(int number) {
        return wisePayProxies[number];
    }

    People people(int number) {
        return new People(realms[number]);
    }

    /** Sends new connections from outside to this node. */
    void pointAt(int number) {
        proxy.pointAt(nodes[number].url());
    }

    /** A new login, all of whose pages come from one node. */
    Login loginAt(int number, Application application) {
        pointAt(number);
        return new Login(new Outside(), application);
    }

    Tokens logInAt(int number, Person person, Application application) {
        return loginAt(number, application).as(person, mailbox);
    }

    /** Our admin API of a node, as {@code wise-sync-service}. */
    Api serviceApiAt(int number) {
        return new Api(
                nodes[number].apiUrl(),
                () -> Tokens.ofService(nodes[number], "wise-sync-service", "wise-sync-service-secret")
                        .access());
    }

    /** Starts a stopped or killed node with its data, with any build. */
    void startAgain(int number, Distribution distribution) {
        register(number, KeycloakProcess.startAgain(distribution, settings(number)));
        awaitBothMembers(number);
    }

    /** Starts the nodes that a test has stopped or killed. */
    void startStoppedNodes() {
        for (int number = 0; number < 2; number++) {
            if (!nodes[number].isAlive()) {
                startAgain(number, Distribution.withExtensionOnPostgres());
            }
        }
    }

    private void register(int number, KeycloakProcess node) {
        nodes[number] = node;
        realms[number] = node.adminClient().realm(Server.REALM);
    }

    /** Waits until a node sees both members. */
    private void awaitBothMembers(int number) {
        Pattern both = Pattern.compile("ISPN00009[34].*\\(2\\)");
        await("two members, as node %d sees it".formatted(number))
                .atMost(TIMEOUT)
                .until(() -> both.matcher(nodes[number].log()).find());
    }

    private ServerSettings settings(int number) {
        return ServerSettings.demo("cluster-" + (number + 1), mailbox.port(), wisePayProxies[number].port())
                .withFastPasswordHashing()
                .withOptions(
                        "--hostname=" + proxy.url(),
                        "--db-url=" + database.getJdbcUrl("postgres", "postgres"),
                        "--db-username=postgres",
                        "--db-password=postgres",
                        "--db-pool-max-size=20",
                        "--cache-embedded-network-bind-address=127.0.0.1",
                        "--cache-embedded-network-bind-port=" + Ports.free(),
                        "--spi-events-listener--wise-sync--wise-pay-compare-every=" + COMPARE_EVERY.toSeconds() + "s");
    }

    private static Cluster start() {
        try {
            return new Cluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cluster as a browser reaches it. */
    private final class Outside implements Server {

        @Override
        public String url() {
            return proxy.url();
        }

        @Override
        public String managementUrl() {
            return nodes[0].managementUrl();
        }

        @Override
        public String log() {
            return nodes[0].log() + nodes[1].log();
        }

        @Override
        public void close() {
            // The nodes stay for the other tests.
        }
    }

    private static final class Holder {
        private static final Cluster RUNNING = start();
    }
}
