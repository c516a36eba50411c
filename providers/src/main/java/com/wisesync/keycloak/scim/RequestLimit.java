package com.wisesync.keycloak.scim;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Limits the requests of one account to this node, so that a directory that repeats a synchronization does not slow down other
 * accounts. Counts whole minutes in memory: a limit of the cluster would cost a database statement per request.
 */
final class RequestLimit {

    private static final long WINDOW = Duration.ofMinutes(1).toSeconds();

    private final int perWindow;
    private final Map<String, Integer> counts = new HashMap<>();
    private long window;

    RequestLimit(int perMinute) {
        this.perWindow = perMinute;
    }

    /** @return the number of seconds to wait; empty if the request is within the limit */
    synchronized OptionalLong count(String accountId, Instant now) {
        long current = now.getEpochSecond() / WINDOW;
        if (current != window) {
            window = current;
            counts.clear();
        }
        boolean exceeded = counts.merge(accountId, 1, Integer::sum) > perWindow;
        return exceeded ? OptionalLong.of(WINDOW - now.getEpochSecond() % WINDOW) : OptionalLong.empty();
    }
}
