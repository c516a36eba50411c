package com.wisesync.keycloak.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The second in which an admin API call last ended sessions. Keycloak compares whole seconds, so a login within that
 * second would end too. Only tests are that fast.
 */
final class LastSessionEnd {

    private static final Pattern ENDS_SESSIONS =
            Pattern.compile("/accounts/[^/]+/users/[^/]+(/(enable|disable|password|two-factor|autotask-account))?");
    private static final AtomicLong LAST = new AtomicLong();

    private LastSessionEnd() {}

    static void note(String method, String path) {
        if (!method.equals("GET") && ENDS_SESSIONS.matcher(path).matches()) {
            LAST.set(Instant.now().getEpochSecond());
        }
    }

    static void awaitNextSecond() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Instant.now().getEpochSecond() > LAST.get());
    }
}
