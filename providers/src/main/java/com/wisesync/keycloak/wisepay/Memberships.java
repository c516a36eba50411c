package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.wisepay.Deactivation.AccountName;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.jpa.entities.UserEntity;

/** Who is in which organization, read from Keycloak's tables: inside a completing transaction its providers can't be asked any more. */
final class Memberships {

    private final EntityManager em;

    Memberships(EntityManager em) {
        this.em = em;
    }

    /** Null when the user is in none, or in several. */
    AccountName accountOf(String userId) {
        List<Object[]> accounts = em.createQuery(
                        "SELECT o.id, o.name FROM OrganizationEntity o, UserGroupMembershipEntity m"
                                + " WHERE m.groupId = o.groupId AND m.user.id = :user",
                        Object[].class)
                .setParameter("user", userId)
                .setMaxResults(2)
                .getResultList();
        if (accounts.size() != 1) {
            return null;
        }
        Object[] account = accounts.get(0);
        return new AccountName((String) account[0], (String) account[1]);
    }

    /** What a deactivation of somebody starts from, in one statement. */
    Told of(String userId) {
        List<Object[]> rows = em.createQuery(
                        "SELECT o.id, o.name, (SELECT MAX(e.createdAt) FROM OutboxEntryEntity e"
                                + " WHERE e.entryKind = :kind AND e.ownerId = u.id)"
                                + " FROM UserEntity u LEFT JOIN UserGroupMembershipEntity m ON m.user = u"
                                + " LEFT JOIN OrganizationEntity o ON o.groupId = m.groupId WHERE u.id = :user",
                        Object[].class)
                .setParameter("kind", DeactivationHandlerFactory.KIND)
                .setParameter("user", userId)
                .getResultList();
        List<AccountName> accounts = rows.stream()
                .filter(row -> row[0] != null)
                .map(row -> new AccountName((String) row[0], (String) row[1]))
                .toList();
        Instant last = rows.isEmpty() ? null : (Instant) rows.get(0)[2];
        return new Told(accounts.size() == 1 ? accounts.get(0) : null, Optional.ofNullable(last));
    }

    /**
     * @param account null when the user is in none, or in several
     * @param last when the newest entry about them was written
     */
    record Told(AccountName account, Optional<Instant> last) {}

    /** Of those among the users whose only account is disabled, which one that is. */
    Map<String, AccountName> disabledAccountsOf(List<String> userIds) {
        Map<String, AccountName> disabled = new HashMap<>();
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
                        disabled.put(user, new AccountName((String) row[1], (String) row[2]));
                    }
                });
        disabled.keySet().removeAll(inSeveral);
        return disabled;
    }

    List<UserEntity> enabledMembers(String groupId, String after, int max) {
        return em.createQuery(
                        "SELECT u FROM UserEntity u WHERE u.enabled = true AND u.id > :after AND u.id IN"
                                + " (SELECT m.user.id FROM UserGroupMembershipEntity m WHERE m.groupId = :group) ORDER BY u.id",
                        UserEntity.class)
                .setParameter("group", groupId)
                .setParameter("after", after)
                .setMaxResults(max)
                .getResultList();
    }
}
