package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Mailbox;
import com.wisesync.keycloak.testing.People;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Server;
import com.wisesync.keycloak.testing.ServerSettings;
import com.wisesync.keycloak.testing.Servers;
import com.wisesync.keycloak.testing.WebPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The time of a failed login does not reveal whether a user exists, is disabled or has a password. */
@Tag("full")
class LoginTimingIT {

    private static final int ROUNDS = 100;
    private static final String WRONG = "wrong-password";

    /** A server of its own, because the shared one hashes passwords faster than any production server. */
    @Test
    void aFailedLoginTakesTheSameTimeForEveryUser() {
        try (Mailbox mailbox = Mailbox.start();
                Server server = Servers.start(ServerSettings.demo("login-timing", mailbox.port(), 1)
                        // Compiled well: most of the time is spent hashing.
                        .withJvmOptions("-Xms256m", "-Xmx700m", "-XX:+UseSerialGC"));
                Keycloak admin = server.adminClient()) {
            compareTimes(server, Server.realm(admin));
        }
    }

    private static void compareTimes(Server server, RealmResource realm) {
        Person active = person(realm);
        Person disabled = person(realm);
        UserRepresentation user = realm.users().get(disabled.id()).toRepresentation();
        user.setEnabled(false);
        realm.users().get(disabled.id()).update(user);
        Person invited = person(realm);
        realm.users().get(invited.id()).credentials().stream()
                .map(CredentialRepresentation::getId)
                .forEach(id -> realm.users().get(invited.id()).removeCredential(id));
        Map<String, List<Long>> times = new LinkedHashMap<>();
        protect(realm, false);
        try {
            for (int round = -10; round < ROUNDS; round++) {
                for (String username : List.of(
                        active.username(),
                        disabled.username(),
                        invited.username(),
                        "unknown-" + UUID.nameUUIDFromBytes(new byte[] {1}) + "@test.example")) {
                    long time = failedLogin(server, username);
                    if (round >= 0) {
                        times.computeIfAbsent(username, name -> new ArrayList<>())
                                .add(time);
                    }
                }
            }
        } finally {
            protect(realm, true);
        }
        long reference = median(times.get(active.username()));
        assertThat(times)
                .allSatisfy((username, measured) ->
                        assertThat(median(measured)).as(username).isCloseTo(reference, Percentage.withPercentage(10)));
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

    /** A lockout would end the comparison after ten failures. */
    private static void protect(RealmResource realm, boolean on) {
        RealmRepresentation settings = realm.toRepresentation();
        settings.setBruteForceProtected(on);
        realm.update(settings);
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private static Person person(RealmResource realm) {
        return new People(realm).create(DemoAccounts.ACME, "user", "acme-au");
    }
}
