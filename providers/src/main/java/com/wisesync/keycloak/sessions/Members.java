package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Expands a row about all members of an account, page by page, each page in a transaction of its own. */
final class Members {

    private static final int PAGE = 200;

    private final EntityManager em;

    Members(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Writes a row for each member of the next page, and one row for the rest if there may be more. */
    void expand(OutboxEntry entry, SessionEntry wanted, Outbox outbox) {
        List<String> members = page(entry.ownerId(), Optional.ofNullable(wanted.after()));
        for (String member : members) {
            outbox.enqueue(row(entry.realmId(), member, wanted), Optional.empty());
        }
        if (members.size() == PAGE) {
            String last = members.get(PAGE - 1);
            outbox.enqueue(wanted.from(last).entry(entry.realmId(), entry.ownerId()), Optional.empty());
        }
    }

    private static NewEntry row(String realmId, String userId, SessionEntry wanted) {
        return wanted.type() == SessionEntry.Type.END_MEMBERS
                ? SessionEntry.end(realmId, userId, wanted.cutoff())
                : SessionEntry.check(realmId, userId);
    }

    /** @param after empty for the first page (an empty text would not do: it is null in Oracle) */
    private List<String> page(String accountId, Optional<String> after) {
        TypedQuery<String> query = em.createQuery(
                        "SELECT m.user.id FROM UserGroupMembershipEntity m, OrganizationEntity o WHERE o.id = :account"
                                + " AND m.groupId = o.groupId"
                                + (after.isPresent() ? " AND m.user.id > :after" : "")
                                + " ORDER BY m.user.id",
                        String.class)
                .setParameter("account", accountId)
                .setMaxResults(PAGE);
        after.ifPresent(id -> query.setParameter("after", id));
        return query.getResultList();
    }
}
