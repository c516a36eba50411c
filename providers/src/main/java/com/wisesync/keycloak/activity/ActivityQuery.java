package com.wisesync.keycloak.activity;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the activity log to read.
 *
 * @param user the id of the user that the entries concern
 * @param kind what the entries are about
 * @param from the earliest moment, inclusive
 * @param to the latest moment, exclusive
 * @param first how many of the newest matching entries to skip
 * @param max how many entries to return at most
 */
public record ActivityQuery(
        Optional<String> user,
        Optional<ActivityKind> kind,
        Optional<Instant> from,
        Optional<Instant> to,
        int first,
        int max) {

    /** Whether the period ends before it begins. */
    public boolean isReversed() {
        return from.isPresent() && to.isPresent() && to.get().isBefore(from.get());
    }

    /** Everything about one user. */
    public static ActivityQuery ofUser(String userId, int first, int max) {
        return new ActivityQuery(Optional.of(userId), Optional.empty(), Optional.empty(), Optional.empty(), first, max);
    }
}
