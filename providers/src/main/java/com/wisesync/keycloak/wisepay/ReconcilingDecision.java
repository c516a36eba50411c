package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The action of reconciling for one user who has active links at Wise-Pay and no access here.
 *
 * @param entry the entry to send again; null for other actions
 */
record ReconcilingDecision(Action action, StoredEntry entry) {

    /** The possible actions. */
    enum Action {
        /** Nothing: an entry is waiting or held, was just delivered, was dismissed, or failed and is left to staff. */
        NONE,
        /** Write a new entry and send it. */
        SEND,
        /** Send a delivered entry again: Wise-Pay accepted it and still lists the links as active. */
        RESEND,
        /** Send a failed entry again. */
        RETRY,
        /** Write a new entry and hold it: the user is unknown here, and nothing shows that the user ever existed here. */
        HOLD_UNKNOWN_USER,
        /** Write a new entry and hold it: Wise-Pay has links that are newer than the last delivered entry. */
        HOLD_NEWER_LINKS,
        /** Write a new entry and hold it: the dismissed one does not answer for the user's state or links of now. */
        HOLD_AFTER_DISMISSAL
    }

    private static final ReconcilingDecision NONE = new ReconcilingDecision(Action.NONE, null);

    /** Wise-Pay may still be processing an entry that was delivered less than this ago. */
    private static final Duration JUST_DELIVERED = Duration.ofMinutes(1);

    /** A failed entry is left to staff for this time. */
    private static final Duration LEFT_TO_STAFF = Duration.ofDays(1);

    private static final Duration FIRST_RESEND = Duration.ofHours(1);
    private static final Duration LONGEST_RESEND = Duration.ofHours(24);

    /**
     * Decides about one user.
     *
     * @param exists whether the user exists here, disabled or in a disabled account
     * @param entries the user's entries in this realm, newest first
     * @param activeLinks the ids of the user's active links
     * @param deletionEvent whether an event shows that the user was deleted here; evaluated only if needed
     */
    static ReconcilingDecision decide(
            boolean exists,
            List<StoredEntry> entries,
            Set<String> activeLinks,
            BooleanSupplier deletionEvent,
            Instant now) {
        List<StoredEntry> valid =
                entries.stream().filter(entry -> !wasObsolete(entry)).toList();
        if (!valid.isEmpty()) {
            StoredEntry newest = valid.get(0);
            if (valid.stream().anyMatch(ReconcilingDecision::isOpen)) {
                return NONE;
            }
            if (newest.state() == State.DISMISSED) {
                // An obsolete entry that is newer shows that the user was enabled since.
                return newest.equals(entries.get(0)) && covers(newest, activeLinks)
                        ? NONE
                        : new ReconcilingDecision(Action.HOLD_AFTER_DISMISSAL, null);
            }
            if (newest.state() == State.FAILED) {
                return newest.nextAttemptAt().isAfter(now.minus(LEFT_TO_STAFF))
                        ? NONE
                        : new ReconcilingDecision(Action.RETRY, newest);
            }
            return afterDelivery(valid, newest, activeLinks, now);
        }
        boolean evidence = exists || entries.stream().anyMatch(ReconcilingDecision::wasDetected);
        return evidence || deletionEvent.getAsBoolean()
                ? new ReconcilingDecision(Action.SEND, null)
                : new ReconcilingDecision(Action.HOLD_UNKNOWN_USER, null);
    }

    /** The time from a delivery until the entry is sent again: 1 h, 2 h, 4 h ... 24 h. */
    static Duration resendAfter(int resent) {
        Duration delay = FIRST_RESEND.multipliedBy(1L << Math.min(resent, 5));
        return delay.compareTo(LONGEST_RESEND) < 0 ? delay : LONGEST_RESEND;
    }

    boolean holds() {
        return switch (action) {
            case HOLD_UNKNOWN_USER, HOLD_NEWER_LINKS, HOLD_AFTER_DISMISSAL -> true;
            case NONE, SEND, RESEND, RETRY -> false;
        };
    }

    private static ReconcilingDecision afterDelivery(
            List<StoredEntry> valid, StoredEntry newest, Set<String> activeLinks, Instant now) {
        if (newest.deliveredAt().isAfter(now.minus(JUST_DELIVERED))) {
            return NONE;
        }
        Set<String> newer = new HashSet<>(activeLinks);
        valid.forEach(entry -> LinksJson.stored(entry.answer()).forEach(link -> newer.remove(link.id())));
        if (!newer.isEmpty()) {
            return new ReconcilingDecision(Action.HOLD_NEWER_LINKS, null);
        }
        Instant due = newest.deliveredAt().plus(resendAfter(newest.entry().resent()));
        return now.isBefore(due) ? NONE : new ReconcilingDecision(Action.RESEND, newest);
    }

    /**
     * Whether staff meant these links when they dismissed the entry: it named them, and the user had no access then. Without
     * names, which are not known for a failed entry, or if not all were stored, it was about all links.
     */
    private static boolean covers(StoredEntry dismissed, Set<String> activeLinks) {
        if (hasError(dismissed, Deactivations.DISMISSED_ENABLED)) {
            return false;
        }
        if (dismissed.note() == null) {
            return true;
        }
        List<Link> named = LinksJson.stored(dismissed.note());
        return named.size() >= LinksJson.MAX_NOTED
                || named.stream().map(Link::id).collect(Collectors.toSet()).containsAll(activeLinks);
    }

    private static boolean isOpen(StoredEntry entry) {
        return entry.state() == State.WAITING || entry.state() == State.HELD;
    }

    /** Whether the entry was dismissed because the user was enabled again. The user may have been disabled since. */
    private static boolean wasObsolete(StoredEntry entry) {
        return entry.state() == State.DISMISSED && hasError(entry, DeactivationHandler.OBSOLETE);
    }

    private static boolean hasError(StoredEntry entry, String key) {
        return entry.lastError() != null && entry.lastError().key().equals(key);
    }

    /** Whether the entry was written for a change made here, which shows that the user existed here. */
    private static boolean wasDetected(StoredEntry entry) {
        return Deactivation.parse(entry.entry().payload()).reason() != DeactivationReason.COMPARISON;
    }
}
