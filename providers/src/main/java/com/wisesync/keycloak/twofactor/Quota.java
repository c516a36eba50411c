package com.wisesync.keycloak.twofactor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * At most so many claims per user in any window of this length, over all logins, tabs and nodes.
 *
 * <p>Keycloak's single-use objects have no counter that can be raised atomically, but "put if absent" is atomic on every
 * store it has. So a claim is a numbered slot that is either free or taken, and that frees itself when the window has
 * passed. It is taken in a transaction of its own: the database store would otherwise show it to nobody before the request
 * ends, and a request that is rolled back would give it back.
 */
final class Quota {

    private final KeycloakSession session;
    private final String name;
    private final int limit;
    private final Duration window;

    Quota(KeycloakSession session, String name, int limit, Duration window) {
        this.session = session;
        this.name = name;
        this.limit = limit;
        this.window = window;
    }

    /** The slot taken, or nothing when all are. */
    Optional<String> claim(UserModel user) {
        return slots(user)
                .filter(slot -> alone(objects -> objects.putIfAbsent(slot, window.toSeconds())))
                .findFirst();
    }

    boolean exhausted(UserModel user) {
        return slots(user).allMatch(slot -> alone(objects -> objects.contains(slot)));
    }

    /** For the claim that turned out to be none: what was guessed was right, what was to be sent was not. */
    void release(String slot) {
        if (slot != null) {
            alone(objects -> objects.remove(slot) != null);
        }
    }

    private Stream<String> slots(UserModel user) {
        String realm = session.getContext().getRealm().getId();
        return IntStream.rangeClosed(1, limit)
                .mapToObj(number -> String.join(".", "wise-sync", name, realm, user.getId(), String.valueOf(number)));
    }

    private boolean alone(Predicate<SingleUseObjectProvider> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> work.test(own.singleUseObjects()),
                "wise-sync " + name);
    }
}
