package com.wisesync.keycloak.activity;

import com.wisesync.keycloak.account.Account;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.events.jpa.AdminEventEntity;
import org.keycloak.events.jpa.EventEntity;
import org.keycloak.models.RealmModel;

/**
 * Reads the events of an account from Keycloak's event tables, newest first. Keycloak's own queries filter by one user or one
 * path only (EventQuery, AdminEventQuery of 26.7), so an account with 5,000 users would need 15,000 of them.
 */
final class EventRows {

    /** How many rows are read at once at least: most searches skip some. */
    private static final int CHUNK = 500;

    /** How many rows are read at most, matching or not. */
    private static final int MAX_SCANNED = 50_000;

    private static final String MEMBERS =
            "(SELECT u.id FROM UserGroupMembershipEntity m JOIN m.user u WHERE m.groupId ="
                    + " (SELECT o.groupId FROM OrganizationEntity o WHERE o.id = :account))";

    /** The id in a path such as {@code users/<id>/password}. */
    private static final String USER_IN_PATH =
            "SUBSTRING(e.resourcePath, 7, LOCATE('/', CONCAT(e.resourcePath, '/'), 7) - 7)";

    /** Events of this API name the account; those of Keycloak's own API count if the user belongs to it now. */
    private static final String USER_OF_ACCOUNT = "(e.detailsJson LIKE :accountDetail"
            + " OR (e.detailsJson IS NULL OR e.detailsJson NOT LIKE '%\"account\":%') AND " + USER_IN_PATH + " IN "
            + MEMBERS + ")";

    private final EntityManager em;
    private final RealmModel realm;
    private final Account account;
    private boolean complete = true;

    EventRows(EntityManager em, RealmModel realm, Account account) {
        this.em = em;
        this.realm = realm;
        this.account = account;
    }

    /**
     * Converts the newest user events of users who belong to the account now.
     *
     * @param types the types to read
     * @param entries converts some events at once, those that match
     * @param max how many entries to return at most
     */
    List<ActivityEntry> users(
            ActivityQuery query,
            Set<String> types,
            Function<List<EventEntity>, Stream<ActivityEntry>> entries,
            int max) {
        Map<String, Object> values = new HashMap<>();
        StringBuilder where = new StringBuilder(
                "SELECT e FROM EventEntity e WHERE e.realmId = :realm AND e.type IN (:types) AND e.userId IN "
                        + MEMBERS);
        values.put("account", account.id());
        values.put("types", types);
        query.user().ifPresent(user -> {
            where.append(" AND e.userId = :user");
            values.put("user", user);
        });
        return types.isEmpty() ? List.of() : read(EventEntity.class, where, values, query, entries, max);
    }

    /**
     * Converts the newest admin events about the account, its companies, its SCIM and its users.
     *
     * @param entries converts some events at once, those that match
     * @param max how many entries to return at most
     */
    List<ActivityEntry> admins(
            ActivityQuery query, Function<List<AdminEventEntity>, Stream<ActivityEntry>> entries, int max) {
        Map<String, Object> values = new HashMap<>();
        values.put("account", account.id());
        values.put("accountDetail", "%\"account\":\"" + account.id() + "\"%");
        StringBuilder where =
                new StringBuilder("SELECT e FROM AdminEventEntity e WHERE e.realmId = :realm AND e.error IS NULL");
        if (query.user().isPresent()) {
            where.append(" AND (e.resourcePath = :userPath OR e.resourcePath LIKE :belowUser) AND ")
                    .append(USER_OF_ACCOUNT);
            values.put("userPath", "users/" + query.user().get());
            values.put("belowUser", "users/" + query.user().get() + "/%");
        } else {
            where.append(" AND (e.resourcePath IN (:accountPath, :scim) OR e.resourcePath LIKE :companies"
                    + " OR e.resourcePath LIKE :belowScim"
                    + " OR e.resourcePath LIKE 'users/%' AND " + USER_OF_ACCOUNT + ")");
            values.put("accountPath", "organizations/" + account.id());
            values.put("companies", "organizations/" + account.id() + "/companies/%");
            values.put("scim", "organizations/" + account.id() + "/scim");
            values.put("belowScim", "organizations/" + account.id() + "/scim/%");
        }
        return read(AdminEventEntity.class, where, values, query, entries, max);
    }

    private <E> List<ActivityEntry> read(
            Class<E> type,
            StringBuilder where,
            Map<String, Object> values,
            ActivityQuery query,
            Function<List<E>, Stream<ActivityEntry>> convert,
            int max) {
        values.put("realm", realm.getId());
        query.from().ifPresent(from -> {
            where.append(" AND e.time >= :from");
            values.put("from", from.toEpochMilli());
        });
        query.to().ifPresent(to -> {
            where.append(" AND e.time < :to");
            values.put("to", to.toEpochMilli());
        });
        where.append(" ORDER BY e.time DESC, e.id");
        List<ActivityEntry> entries = new ArrayList<>();
        int scanned = 0;
        while (entries.size() < max && scanned < MAX_SCANNED) {
            TypedQuery<E> rows = em.createQuery(where.toString(), type);
            values.forEach(rows::setParameter);
            // As many as are still wanted: the database sorts all rows for each query.
            int wanted = Math.min(Math.max(CHUNK, max), MAX_SCANNED - scanned);
            List<E> chunk = rows.setFirstResult(scanned).setMaxResults(wanted).getResultList();
            convert.apply(chunk).forEach(entries::add);
            scanned += chunk.size();
            if (chunk.size() < wanted) {
                break;
            }
        }
        if (scanned >= MAX_SCANNED && entries.size() < max) {
            complete = false;
        }
        return entries.stream().limit(max).collect(Collectors.toList());
    }

    /** The usernames of those users who belong to the account, as its own users and to no other account. */
    Map<String, String> usernames(Collection<String> ids) {
        return em.createQuery(
                        "SELECT u.id, u.username FROM UserGroupMembershipEntity m JOIN m.user u WHERE u.id IN :ids"
                                + " AND m.membershipType = 'UNMANAGED' AND m.groupId ="
                                + " (SELECT o.groupId FROM OrganizationEntity o WHERE o.id = :account) AND NOT EXISTS"
                                + " (SELECT other.id FROM OrganizationEntity other, UserGroupMembershipEntity n"
                                + " WHERE n.groupId = other.groupId AND n.user = u AND other.id <> :account)",
                        Object[].class)
                .setParameter("ids", ids)
                .setParameter("account", account.id())
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
    }

    /**
     * Whether all matching rows were searched, or as many entries were found as could be returned. At most {@value
     * #MAX_SCANNED} rows are searched.
     */
    boolean isComplete() {
        return complete;
    }
}
