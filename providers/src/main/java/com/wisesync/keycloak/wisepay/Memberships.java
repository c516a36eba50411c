package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.wisepay.Deactivation.AccountSnapshot;
import com.wisesync.keycloak.wisepay.Deactivation.UserSnapshot;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Reads the memberships in accounts from Keycloak's tables. Keycloak's providers cannot be used while a transaction completes. */
final class Memberships {

    private final EntityManager em;

    Memberships(EntityManager em) {
        this.em = em;
    }

    /**
     * The one account of a user.
     *
     * @param enabled whether the account is enabled
     * @param lockoutMark whether the user has Keycloak's mark of a permanent lockout; read here to save a statement
     */
    record Membership(AccountSnapshot account, boolean enabled, boolean lockoutMark) {}

    /** The account of a user; empty if they are in none, or in several. */
    Optional<Membership> find(String userId) {
        List<Object[]> accounts = em.createQuery(
                        "SELECT o.id, o.name, o.enabled, (SELECT COUNT(a) FROM UserAttributeEntity a WHERE a.user.id = :user"
                                + " AND a.name = :reason AND a.value = :lockout)"
                                + " FROM OrganizationEntity o, UserGroupMembershipEntity m"
                                + " WHERE m.groupId = o.groupId AND m.user.id = :user",
                        Object[].class)
                .setParameter("user", userId)
                .setParameter("reason", UserModel.DISABLED_REASON)
                .setParameter("lockout", BruteForceProtector.DISABLED_BY_PERMANENT_LOCKOUT)
                .setMaxResults(2)
                .getResultList();
        if (accounts.size() != 1) {
            return Optional.empty();
        }
        Object[] account = accounts.get(0);
        return Optional.of(new Membership(
                new AccountSnapshot((String) account[0], (String) account[1]),
                (Boolean) account[2],
                (Long) account[3] > 0));
    }

    /** The account of a user; null if they are in none, or in several. */
    AccountSnapshot accountOf(String userId) {
        return find(userId).map(Membership::account).orElse(null);
    }

    /** The ids of the enabled accounts of a user: none, one or several. */
    Set<String> enabledAccountsOf(String userId) {
        return em.createQuery(
                        "SELECT o.id FROM OrganizationEntity o, UserGroupMembershipEntity m"
                                + " WHERE m.groupId = o.groupId AND o.enabled = true AND m.user.id = :user",
                        String.class)
                .setParameter("user", userId)
                .getResultStream()
                .collect(Collectors.toSet());
    }

    /** The disabled account of each of the users who have exactly one account, if it is disabled. */
    Map<String, AccountSnapshot> disabledAccountsOf(List<String> userIds) {
        Map<String, AccountSnapshot> disabled = new HashMap<>();
        Set<String> inSeveral = new HashSet<>();
        Set<String> seen = new HashSet<>();
        em.createQuery(
                        "SELECT m.user.id, o.id, o.name, o.enabled FROM OrganizationEntity o, UserGroupMembershipEntity m"
                                + " WHERE m.groupId = o.groupId AND m.user.id IN :users",
                        Object[].class)
                .setParameter("users", userIds)
                .getResultStream()
                .forEach(row -> {
                    String user = (String) row[0];
                    if (!seen.add(user)) {
                        inSeveral.add(user);
                    }
                    if (!(Boolean) row[3]) {
                        disabled.put(user, new AccountSnapshot((String) row[1], (String) row[2]));
                    }
                });
        disabled.keySet().removeAll(inSeveral);
        return disabled;
    }

    /**
     * A page of the enabled members of an account, ordered by id, without loading entities.
     *
     * @param after the last id of the page before; empty for the first page (an empty text would not do: it is null in Oracle)
     */
    List<UserSnapshot> enabledMembers(String groupId, Optional<String> after, int max) {
        TypedQuery<Object[]> query = em.createQuery(
                        "SELECT u.id, u.username, u.email FROM UserEntity u WHERE u.enabled = true"
                                + (after.isPresent() ? " AND u.id > :after" : "")
                                + " AND u.id IN (SELECT m.user.id FROM UserGroupMembershipEntity m"
                                + " WHERE m.groupId = :group) ORDER BY u.id",
                        Object[].class)
                .setParameter("group", groupId)
                .setMaxResults(max);
        after.ifPresent(id -> query.setParameter("after", id));
        return query.getResultStream()
                .map(row -> new UserSnapshot((String) row[0], (String) row[1], (String) row[2]))
                .toList();
    }
}
