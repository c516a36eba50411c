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
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongBiFunction;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * The time of a failed login, and of a request for a password link, does not reveal whether a user exists, is disabled, locked
 * out or has a password.
 */
@Tag("full")
class LoginTimingIT {

    private static final int WARM_UP = 10;
    private static final int ROUNDS = 100;
    private static final int REPETITIONS = 5;
    private static final double TOLERANCE = 0.1;
    private static final int HOUR = 3600;
    private static final String ACTIVE = "active";
    private static final String UNKNOWN = "unknown";
    private static final String WRONG = "wrong-password";

    /** A server of its own, because the shared one hashes passwords faster than any production server. */
    @Test
    void everyUserTakesTheSameTime() {
        try (Mailbox mailbox = Mailbox.start();
                Server server = Servers.start(ServerSettings.demo("login-timing", mailbox.port(), 1)
                        // Each request has a client address of its own: the limit of requested links must not end the
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

            Map<String, String> activeAndUnknown = new LinkedHashMap<>(users);
            activeAndUnknown.keySet().retainAll(Set.of(ACTIVE, UNKNOWN));

            compare(softly, "login", withLockedOut, (number, username) -> failedLogin(server, username, WRONG));
            compare(
                    softly,
                    "login without password",
                    withLockedOut,
                    (number, username) -> failedLogin(server, username, ""));
            compare(softly, "parallel login", activeAndUnknown, (number, username) -> quickerOfTwo(server, username));
            compare(softly, "password link", users, (number, username) -> requestedLink(server, number, username));

            softly.assertAll();
        }
    }

    /** A difference that depends on the user shows in every measurement; the noise of a busy machine does not. */
    private static void compare(
            SoftAssertions softly, String what, Map<String, String> users, ToLongBiFunction<Integer, String> request) {
        Set<String> different = differences(0, users, request);
        for (int repetition = 1; repetition < REPETITIONS && !different.isEmpty(); repetition++) {
            different.retainAll(differences(repetition, users, request));
        }
        softly.assertThat(different)
                .as("users whose %s takes another time", what)
                .isEmpty();
    }

    /**
     * In an order that is random as a whole, because what a request does in the background may slow down the next one: each kind
     * of user follows each as often.
     */
    private static Set<String> differences(
            int repetition, Map<String, String> users, ToLongBiFunction<Integer, String> request) {
        Map<String, List<Long>> times = new LinkedHashMap<>();
        List<String> order = new ArrayList<>();
        Collections.nCopies(ROUNDS, users.keySet()).forEach(order::addAll);
        Collections.shuffle(order, new Random(repetition));
        order.addAll(
                0,
                users.keySet().stream()
                        .flatMap(kind -> Collections.nCopies(WARM_UP, kind).stream())
                        .toList());
        for (int i = 0; i < order.size(); i++) {
            String kind = order.get(i);
            long time = request.applyAsLong(repetition * order.size() + i, users.get(kind));
            if (i >= WARM_UP * users.size()) {
                times.computeIfAbsent(kind, name -> new ArrayList<>()).add(time);
            }
        }
        double active = undisturbed(times.get(ACTIVE));
        Set<String> different = new TreeSet<>();
        times.forEach((kind, measured) -> {
            double ratio = undisturbed(measured) / active;
            System.out.printf("NUMBERS %s: %.2f of the time of an active user%n", kind, ratio);
            if (Math.abs(ratio - 1) > TOLERANCE) {
                different.add(kind + (ratio > 1 ? ": longer" : ": shorter"));
            }
        });
        return different;
    }

    private static long quickerOfTwo(Server server, String username) {
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> failedLogin(server, username, WRONG));
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> failedLogin(server, username, WRONG));
        return Math.min(first.join(), second.join());
    }

    private static long failedLogin(Server server, String username, String password) {
        Login login = new Login(server, Application.WISE_SYNC);
        WebPage page = login.start();
        long start = System.nanoTime();
        WebPage refused = login.password(page, new Person(null, username, password));
        long time = System.nanoTime() - start;
        assertThat(refused.text()).contains("Invalid username or password");
        return time;
    }

    private static long requestedLink(Server server, int number, String username) {
        Visitor visitor = new Visitor(server, "10.0.%d.%d".formatted(number / 200, number % 200 + 1));
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
        users.put(UNKNOWN, "unknown-" + UUID.nameUUIDFromBytes(new byte[] {1}) + "@test.example");
        return users;
    }

    /** Locked out by the first wrong password, for longer than the test; no other user is locked out after that. */
    private static String lockedOut(Server server, RealmResource realm) {
        Person person = person(realm);
        lockOutAfter(realm, 1);
        failedLogin(server, person.username(), WRONG);
        await().until(
                        () -> realm.attackDetection()
                                .bruteForceUserStatus(person.id())
                                .get("disabled"),
                        Boolean.TRUE::equals);
        lockOutAfter(realm, 100 * REPETITIONS * ROUNDS);
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
    private static double undisturbed(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 10).findFirst().orElseThrow();
    }

    private static Person person(RealmResource realm) {
        return new People(realm).create(DemoAccounts.ACME, "user", "acme-au");
    }
}
