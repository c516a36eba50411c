package com.wisesync.keycloak;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Limits how often something happens per user, or per client address, in a window of time, over all logins, tabs and nodes.
 *
 * <p>Keycloak's single-use objects have no atomic counter, but "put if absent" is atomic in every store. A claim is therefore
 * a numbered slot that is free or claimed, and that expires after the window. It is claimed in its own transaction: otherwise
 * the database store would show it to others only at the end of the request, and a rollback would release it.
 */
public final class Quota {

    private static final String FREE_AT = "free-at";

    private final KeycloakSession session;
    private final String name;
    private final int limit;
    private final Duration window;

    /**
     * A limit.
     *
     * @param session with the realm in its context
     * @param name names the limit
     * @param limit how often it may happen per user or client address
     * @param window in which it is counted
     */
    public Quota(KeycloakSession session, String name, int limit, Duration window) {
        this.session = session;
        this.name = name;
        this.limit = limit;
        this.window = window;
    }

    /** Returns the claimed slot, or empty if the limit is reached. */
    public Optional<String> claim(UserModel user) {
        return claim(user.getId());
    }

    /**
     * The same for a client address.
     *
     * @param owner identifies it in at most 64 characters
     */
    public Optional<String> claim(String owner) {
        return slots(owner).filter(this::claimSlot).findFirst();
    }

    private boolean claimSlot(String slot) {
        return inOwnTransaction(objects -> {
            boolean claimed = objects.putIfAbsent(slot, window.toSeconds());
            if (claimed) {
                objects.replace(slot, Map.of(FREE_AT, String.valueOf(Time.currentTimeSeconds() + window.toSeconds())));
            }
            return claimed;
        });
    }

    /** Returns whether no slot is free now. */
    public boolean isExhausted(UserModel user) {
        return freeAt(user).isPresent();
    }

    /** Returns when the next slot expires, or empty if one is free now. */
    public Optional<Instant> freeAt(UserModel user) {
        long first = Long.MAX_VALUE;
        for (String slot : slots(user.getId()).toList()) {
            Optional<Map<String, String>> claimed = inOwnTransaction(objects -> Optional.ofNullable(objects.get(slot)));
            if (claimed.isEmpty()) {
                return Optional.empty();
            }
            String freeAt = claimed.get().get(FREE_AT);
            first = Math.min(
                    first, freeAt == null ? Time.currentTimeSeconds() + window.toSeconds() : Long.parseLong(freeAt));
        }
        return Optional.of(Instant.ofEpochSecond(first));
    }

    /** Frees the slot early: the code was correct, or the email was not sent. Does nothing if the slot is null. */
    public void release(String slot) {
        if (slot != null) {
            inOwnTransaction(objects -> Optional.ofNullable(objects.remove(slot)));
        }
    }

    private Stream<String> slots(String owner) {
        String realm = session.getContext().getRealm().getId();
        return IntStream.rangeClosed(1, limit)
                .mapToObj(number -> String.join(".", "wise-sync", name, realm, owner, String.valueOf(number)));
    }

    private <T> T inOwnTransaction(Function<SingleUseObjectProvider, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> work.apply(own.singleUseObjects()),
                "wise-sync " + name);
    }
}
