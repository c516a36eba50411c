package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Servers;
import com.wisesync.keycloak.testing.Visitor;
import com.wisesync.keycloak.testing.WebPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToLongBiFunction;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * The time of a failed login, and of a request for a password link, does not reveal whether a user exists, is disabled, locked out or
 * has a password.
 */
@Tag("full")
class LoginTimingIT {

    private static final int WARM_UP = 10;
    private static final int ROUNDS = 100;
    private static final int HOUR = 3600;
    private static final String ACTIVE = "active";
    private static final String WRONG = "wrong-password";

    /** A server of its own, because the shared one hashes passwords faster than any production server. */
    @Test
    void everyUserTakesTheSameTime() {
        try (Mailbox mailbox = Mailbox.start();
                Server server = Servers.start(ServerSettings.demo("login-timing", mailbox.port(), 1)
                        // Each round has a client address of its own: the limit of requested links must not end the
                        // measurement.
                        .withOptions("--proxy-headers=xforwarded")
                        // Compiled well: most of the time is spent hashing.
                        .withJvmOptions("-Xms256m", "-Xmx700m", "-XX:+UseSerialGC"));
                Keycloak admin = server.adminClient()) {
            RealmResource realm = Server.realm(admin);
            Map<String, String> users = users(realm);
            Map<String, String> withLockedOut = new LinkedHashMap<>(users);
            withLockedOut.put("locked out", lockedOut(server, realm));
            SoftAssertions softly = new SoftAssertions();

            compare(softly, "login", withLockedOut, (round, username) -> failedLogin(server, username));
            compare(softly, "password link", users, (round, username) -> requestedLink(server, round, username));

            softly.assertAll();
        }
    }

    /** In a random order, because what a request does in the background may slow down the next one. */
    private static void compare(
            SoftAssertions softly, String what, Map<String, String> users, ToLongBiFunction<Integer, String> request) {
        Map<String, List<Long>> times = new LinkedHashMap<>();
        List<String> order = new ArrayList<>(users.keySet());
        Random random = new Random(1);
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (String kind : order) {
                long time = request.applyAsLong(round, users.get(kind));
                if (round >= WARM_UP) {
                    times.computeIfAbsent(kind, name -> new ArrayList<>()).add(time);
                }
            }
        }
        long reference = undisturbed(times.get(ACTIVE));
        times.forEach((kind, measured) -> softly.assertThat(undisturbed(measured))
                .as("%s of the user: %s", what, kind)
                .isCloseTo(reference, Percentage.withPercentage(10)));
    }

    private static long failedLogin(Server server, String username) {
        Login login = new Login(server, Application.WISE_SYNC);
        WebPage page = login.start();
        long start = System.nanoTime();
        WebPage refused = login.password(page, new Person(null, username, WRONG));
        long time = System.nanoTime() - start;
        assertThat(refused.text()).contains("Invalid username or password");
        return time;
    }

    private static long requestedLink(Server server, int round, String username) {
        Visitor visitor = new Visitor(server, "10.0.0." + (round + 1));
        WebPage page = new Login(server, Application.WISE_SYNC, visitor).start();
        WebPage forgotten = visitor.press(page, "a[href*=reset-credentials]");
        long start = System.nanoTime();
        WebPage answer = visitor.submit(forgotten, "input[name=username]", Map.of("username", username));
        long time = System.nanoTime() - start;
        assertThat(answer.text()).contains("If this user exists");
        return time;
    }

    private static Map<String, String> users(RealmResource realm) {
        Person active = person(realm);
        Person disabled = person(realm);
        UserRepresentation user = realm.users().get(disabled.id()).toRepresentation();
        user.setEnabled(false);
        realm.users().get(disabled.id()).update(user);
        Person invited = person(realm);
        realm.users().get(invited.id()).credentials().stream()
                .map(CredentialRepresentation::getId)
                .forEach(id -> realm.users().get(invited.id()).removeCredential(id));
        Map<String, String> users = new LinkedHashMap<>();
        users.put(ACTIVE, active.username());
        users.put("disabled", disabled.username());
        users.put("invited", invited.username());
        users.put("unknown", "unknown-" + UUID.nameUUIDFromBytes(new byte[] {1}) + "@test.example");
        return users;
    }

    /** Locked out by the first wrong password, for longer than the test; then nobody else is locked out. */
    private static String lockedOut(Server server, RealmResource realm) {
        Person person = person(realm);
        lockOutAfter(realm, 1);
        failedLogin(server, person.username());
        await().until(
                        () -> realm.attackDetection()
                                .bruteForceUserStatus(person.id())
                                .get("disabled"),
                        Boolean.TRUE::equals);
        lockOutAfter(realm, 100 * ROUNDS);
        return person.username();
    }

    private static void lockOutAfter(RealmResource realm, int failures) {
        RealmRepresentation settings = realm.toRepresentation();
        settings.setBruteForceProtected(true);
        settings.setFailureFactor(failures);
        settings.setWaitIncrementSeconds(HOUR);
        settings.setMaxFailureWaitSeconds(HOUR);
        // Failures in quick succession would lock out the other users.
        settings.setQuickLoginCheckMilliSeconds(0L);
        realm.update(settings);
    }

    /**
     * The first decile: whatever else runs on the machine can only add time, so the quickest requests show best what the
     * server itself does. An attacker would compare them too.
     */
    private static long undisturbed(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 10).findFirst().orElseThrow();
    }

    private static Person person(RealmResource realm) {
        return new People(realm).create(DemoAccounts.ACME, "user", "acme-au");
    }
}
