package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.wisepay.Deactivation.AccountSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The changes of one transaction to users' access. Only the result counts: a user who was disabled and enabled again in the same
 * transaction is not reported.
 */
final class DetectedChanges {

    /** A deleted user, read before the membership was deleted. */
    record Deleted(String realmId, Deactivation.UserSnapshot user, AccountSnapshot account) {}

    /** An account that a user left. */
    record Left(String realmId, AccountSnapshot account) {}

    private final Set<String> disabledUsers = new LinkedHashSet<>();
    private final Set<String> disabledAccounts = new LinkedHashSet<>();
    private final Map<String, Left> left = new LinkedHashMap<>();
    private final Map<String, Deleted> deleted = new LinkedHashMap<>();
    private final Set<String> lockedOut = new HashSet<>();
    private DeactivationReason reason;

    void userEnabled(String id, boolean enabled) {
        change(disabledUsers, id, enabled);
    }

    void accountEnabled(String id, boolean enabled) {
        change(disabledAccounts, id, enabled);
    }

    void left(String userId, Left account) {
        left.put(userId, account);
    }

    void deleted(Deleted user) {
        deleted.put(user.user().id(), user);
    }

    void deletedIfAbsent(Deleted user) {
        deleted.putIfAbsent(user.user().id(), user);
    }

    /** The user is disabled by a lockout, which anyone can cause, while links cannot be reactivated. */
    void lockedOut(String userId) {
        lockedOut.add(userId);
    }

    /** The reason is known from an event; the context of the session may not contain it. */
    void reason(DeactivationReason newReason) {
        reason = newReason;
    }

    Optional<DeactivationReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** The ids of users who were disabled themselves, but not by a lockout. */
    List<String> disabledUsers() {
        return disabledUsers.stream()
                .filter(id -> !lockedOut.contains(id) && !deleted.containsKey(id))
                .toList();
    }

    List<String> disabledAccounts() {
        return List.copyOf(disabledAccounts);
    }

    /** Users who left an account and still exist. */
    Map<String, Left> left() {
        Map<String, Left> remaining = new LinkedHashMap<>(left);
        remaining.keySet().removeAll(deleted.keySet());
        return remaining;
    }

    List<Deleted> deleted() {
        return new ArrayList<>(deleted.values());
    }

    private static void change(Set<String> disabled, String id, boolean enabled) {
        if (enabled) {
            disabled.remove(id);
        } else {
            disabled.add(id);
        }
    }
}
