package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.wisepay.Deactivation.AccountName;
import com.wisesync.keycloak.wisepay.Deactivation.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one transaction has done so far to who may log in. Only where that ends is told: who is off and on again stays. */
final class DetectedChanges {

    /** Read while it can be, before the memberships go. */
    record Deleted(String realmId, Person user, AccountName account) {}

    /** Left an account. */
    record Left(String realmId, AccountName account) {}

    private final Set<String> disabledUsers = new LinkedHashSet<>();
    private final Set<String> disabledAccounts = new LinkedHashSet<>();
    private final Map<String, Left> left = new LinkedHashMap<>();
    private final Map<String, Deleted> deleted = new LinkedHashMap<>();
    private final Set<String> lockedOut = new HashSet<>();
    private DeactivationReason said;

    void user(String id, boolean enabled) {
        change(disabledUsers, id, enabled);
    }

    void account(String id, boolean enabled) {
        change(disabledAccounts, id, enabled);
    }

    void left(String userId, Left account) {
        left.put(userId, account);
    }

    void deleted(Deleted user) {
        deleted.put(user.user().id(), user);
    }

    void deletedUnlessKnown(Deleted user) {
        deleted.putIfAbsent(user.user().id(), user);
    }

    /** It is a lockout that turns them off: anyone can cause one, and links never come back. */
    void lockedOut(String userId) {
        lockedOut.add(userId);
    }

    /** An event has told, which the context of the session may not. */
    void said(DeactivationReason reason) {
        said = reason;
    }

    Optional<DeactivationReason> said() {
        return Optional.ofNullable(said);
    }

    /** Those disabled one by one, by nobody's failed logins. */
    List<String> disabledUsers() {
        return disabledUsers.stream()
                .filter(id -> !lockedOut.contains(id) && !deleted.containsKey(id))
                .toList();
    }

    List<String> disabledAccounts() {
        return List.copyOf(disabledAccounts);
    }

    /** Those who left an account and are still there. */
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
