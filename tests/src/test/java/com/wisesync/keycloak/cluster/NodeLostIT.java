package com.wisesync.keycloak.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.sessions.Receiver;
import com.wisesync.keycloak.simulator.Deactivation;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.Distribution;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.SourceTree;
import com.wisesync.keycloak.testing.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.UserRepresentation;

/** A node is stopped or killed: neither users nor Wise-Pay notice. */
@Tag("full")
class NodeLostIT {

    private static final int PEOPLE = 20;
    private static final String NEWER = "99.0.0";

    private final Cluster cluster = Cluster.get();

    @AfterEach
    void startStoppedNodes() {
        for (int node = 0; node < 2; node++) {
            if (!cluster.node(node).isAlive()) {
                cluster.startAgain(node, Distribution.withExtensionOnPostgres());
            }
        }
    }

    @Test
    void entriesOfAKilledNodeAreDeliveredByTheOther() throws IOException {
        try (Receiver receiver = Receiver.answering()) {
            Application application = receiver.application(cluster.realm(0));
            Person loggedIn = user();
            cluster.logInAt(0, loggedIn, application);
            List<Person> people = Stream.concat(Stream.generate(this::user).limit(PEOPLE - 1L), Stream.of(loggedIn))
                    .toList();
            receiver.unavailable(true);
            disableAndKill(people);

            receiver.unavailable(false);

            assertDeactivated(people);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> receiver.received().stream()
                            .anyMatch(token -> loggedIn.id().equals(token.getSubject())));
        }
    }

    /** The last user is disabled right before the kill. */
    private void disableAndKill(List<Person> people) {
        people.forEach(person -> cluster.wisePay().addOneOfEach(person.id()));
        // Wise-Pay fails as long as the first node runs.
        people.forEach(person -> cluster.wisePay().failNext(person.id(), 1, 503, Map.of("Retry-After", "1")));
        people.forEach(person -> disableAt(0, person));

        cluster.node(0).kill();
    }

    private void assertDeactivated(List<Person> people) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(people)
                        .allSatisfy(person -> assertThat(cluster.wisePay().linksOf(person.id()))
                                .hasSize(3)
                                .noneMatch(link -> link.active())));
        // From the rows that the node wrote, not from reconciling.
        assertThat(people)
                .allSatisfy(person -> assertThat(cluster.wisePay().deactivationsOf(person.id()))
                        .extracting(Deactivation::reason)
                        .contains("admin"));
    }

    @Test
    void loginsAndSessionsContinueWhenANodeIsKilled() {
        Person person = user();
        Tokens before = cluster.logInAt(0, person, Application.WISE_SYNC);

        cluster.node(0).kill();

        assertThat(before.refreshed(cluster.node(1), Application.WISE_SYNC).access())
                .isNotEmpty();
        assertThat(cluster.logInAt(1, user(1), Application.WISE_SYNC).access()).isNotEmpty();
    }

    @Test
    void aRollingUpdateLogsNoUserOut(@TempDir Path folder) throws IOException {
        Distribution newer = Distribution.onPostgres("newer", List.of(newerBuild(folder), SourceTree.themesJar()));
        Tokens tokens = cluster.logInAt(0, user(), Application.WISE_SYNC);

        for (int node = 0; node < 2; node++) {
            int other = 1 - node;
            cluster.node(node).close();
            tokens = tokens.refreshed(cluster.node(other), Application.WISE_SYNC);
            assertThat(cluster.logInAt(other, user(other), Application.WISE_SYNC)
                            .access())
                    .isNotEmpty();

            cluster.startAgain(node, newer);

            assertThat(versionAt(node)).isEqualTo(NEWER);
            // One node with the newer build and one with the older, in one cluster.
            tokens = tokens.refreshed(cluster.node(node), Application.WISE_SYNC);
            assertThat(cluster.logInAt(node, user(node), Application.WISE_SYNC).access())
                    .isNotEmpty();
        }
    }

    /** The same classes as another release, whose version the server reports. */
    private static Path newerBuild(Path folder) throws IOException {
        Path newer = Files.copy(SourceTree.providersJar(), folder.resolve("wise-sync-providers-" + NEWER + ".jar"));
        try (FileSystem jar = FileSystems.newFileSystem(newer)) {
            Path file = jar.getPath("META-INF/MANIFEST.MF");
            Manifest manifest;
            try (InputStream in = Files.newInputStream(file)) {
                manifest = new Manifest(in);
            }
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, NEWER);
            try (OutputStream out = Files.newOutputStream(file)) {
                manifest.write(out);
            }
        }
        return newer;
    }

    private String versionAt(int node) {
        try (Keycloak adminClient = cluster.node(node).adminClient()) {
            return adminClient
                    .serverInfo()
                    .getInfo()
                    .getProviders()
                    .get("eventsListener")
                    .getProviders()
                    .get("wise-sync")
                    .getOperationalInfo()
                    .get("version");
        }
    }

    private Person user() {
        return user(0);
    }

    private Person user(int node) {
        return cluster.people(node).create(cluster.people(node).account("other", "one"), "user", "one");
    }

    private void disableAt(int node, Person person) {
        UserResource user = cluster.realm(node).users().get(person.id());
        UserRepresentation now = user.toRepresentation();
        now.setEnabled(false);
        user.update(now);
    }
}
