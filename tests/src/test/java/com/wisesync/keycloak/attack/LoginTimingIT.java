package com.wisesync.keycloak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The time of a failed login does not reveal whether a user exists, is disabled or has a password. */
@Tag("full")
class LoginTimingIT {

    private static final int ROUNDS = 100;
    private static final String WRONG = "wrong-password";

    private final Testbed testbed = Testbed.get();

    @Test
    void aFailedLoginTakesTheSameTimeForEveryUser() {
        Person active = person();
        Person disabled = person();
        UserRepresentation user = testbed.realm().users().get(disabled.id()).toRepresentation();
        user.setEnabled(false);
        testbed.realm().users().get(disabled.id()).update(user);
        Person invited = person();
        testbed.realm().users().get(invited.id()).credentials().stream()
                .map(CredentialRepresentation::getId)
                .forEach(id -> testbed.realm().users().get(invited.id()).removeCredential(id));
        Map<String, List<Long>> times = new LinkedHashMap<>();
        protect(false);
        try {
            for (int round = -10; round < ROUNDS; round++) {
                for (String username : List.of(
                        active.username(),
                        disabled.username(),
                        invited.username(),
                        "unknown-" + UUID.nameUUIDFromBytes(new byte[] {1}) + "@test.example")) {
                    long time = failedLogin(username);
                    if (round >= 0) {
                        times.computeIfAbsent(username, name -> new ArrayList<>())
                                .add(time);
                    }
                }
            }
        } finally {
            protect(true);
        }
        long reference = median(times.get(active.username()));
        assertThat(times)
                .allSatisfy((username, measured) ->
                        assertThat(median(measured)).as(username).isCloseTo(reference, Percentage.withPercentage(10)));
    }

    private long failedLogin(String username) {
        Login login = testbed.login(Application.WISE_SYNC);
        WebPage page = login.start();
        long start = System.nanoTime();
        WebPage refused = login.password(page, new Person(null, username, WRONG));
        long time = System.nanoTime() - start;
        assertThat(refused.text()).contains("Invalid username or password");
        return time;
    }

    /** A lockout would end the comparison after ten failures. */
    private void protect(boolean on) {
        RealmRepresentation realm = testbed.realm().toRepresentation();
        realm.setBruteForceProtected(on);
        testbed.realm().update(realm);
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private Person person() {
        return testbed.people().create(DemoAccounts.ACME, "user", "acme-au");
    }
}
