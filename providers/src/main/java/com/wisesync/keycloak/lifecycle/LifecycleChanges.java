package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.outbox.NewEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The changes of one transaction to users and accounts. */
final class LifecycleChanges {

    /**
     * A changed user.
     *
     * @param realmId null if it is not known
     */
    record ChangedUser(String realmId, EventType type) {}

    /** The names of a group's company attributes, before and after. */
    private record Values(Map<String, String> before, Map<String, String> after) {

        Values() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    private final Map<String, ChangedUser> users = new LinkedHashMap<>();
    private final Map<String, String> roles = new HashMap<>();
    private final Map<String, String> accounts = new LinkedHashMap<>();
    private final Set<String> realms = new LinkedHashSet<>();
    private final Map<String, Values> companies = new LinkedHashMap<>();
    private final Map<String, List<NewEntry>> deletions = new LinkedHashMap<>();
    private final Set<String> ignored = new LinkedHashSet<>();

    void user(String realmId, String userId, EventType type) {
        ChangedUser before = users.get(userId);
        String realm = realmId == null && before != null ? before.realmId() : realmId;
        EventType joined = before == null ? type : before.type().join(type).orElse(type);
        users.put(userId, new ChangedUser(realm, joined));
    }

    /** The user received one of the four roles. */
    void role(String userId, String roleId) {
        roles.put(userId, roleId);
    }

    /** The role that a user received last in this transaction. */
    Optional<String> roleOf(String userId) {
        return Optional.ofNullable(roles.get(userId));
    }

    /** Ignores a user who belongs to a service account. */
    void ignore(String userId) {
        ignored.add(userId);
    }

    void deletion(String userId, List<NewEntry> entries) {
        deletions.put(userId, entries);
    }

    void account(String realmId, String accountId) {
        accounts.put(accountId, realmId);
    }

    /** The access of any user of the realm may have changed. */
    void allUsers(String realmId) {
        realms.add(realmId);
    }

    /**
     * A company attribute of a group was changed.
     *
     * @param before null if it is new
     * @param after null if it was removed
     */
    void company(String groupId, String companyId, String before, String after) {
        Values values = companies.computeIfAbsent(groupId, any -> new Values());
        if (before != null) {
            values.before().putIfAbsent(companyId, before);
        }
        if (after != null) {
            values.after().put(companyId, after);
        }
    }

    /** By user id, without deleted users. */
    Map<String, ChangedUser> users() {
        Map<String, ChangedUser> remaining = new LinkedHashMap<>(users);
        remaining.keySet().removeAll(deletions.keySet());
        remaining.keySet().removeAll(ignored);
        return remaining;
    }

    /** Realm ids by account id. */
    Map<String, String> accounts() {
        return accounts;
    }

    /** The ids of realms in which the access of any user may have changed. */
    Set<String> realms() {
        return realms;
    }

    /** The ids of changed companies by group id, and whether they were only renamed. */
    Map<String, Map<String, Boolean>> companies() {
        Map<String, Map<String, Boolean>> changed = new LinkedHashMap<>();
        companies.forEach((group, values) -> {
            Set<String> ids = new LinkedHashSet<>(values.before().keySet());
            ids.addAll(values.after().keySet());
            Map<String, Boolean> renamed = ids.stream()
                    .filter(id -> !Objects.equals(
                            values.before().get(id), values.after().get(id)))
                    .collect(Collectors.toMap(
                            id -> id,
                            id -> values.before().containsKey(id)
                                    && values.after().containsKey(id)));
            if (!renamed.isEmpty()) {
                changed.put(group, renamed);
            }
        });
        return changed;
    }

    List<NewEntry> deletions() {
        List<NewEntry> all = new ArrayList<>();
        deletions.values().forEach(all::addAll);
        return all;
    }
}
