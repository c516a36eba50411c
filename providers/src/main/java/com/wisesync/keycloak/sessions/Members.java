package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Expands a row about all members of an account, or about all accounts, page by page, each page in a transaction of its own.
 */
final class Members {

    private static final int PAGE = 200;

    private static final String MEMBERS =
            "SELECT m.user.id FROM UserGroupMembershipEntity m, OrganizationEntity o WHERE o.id = :owner"
                    + " AND m.groupId = o.groupId%s ORDER BY m.user.id";
    private static final String AFTER_MEMBER = " AND m.user.id > :after";

    private static final String ACCOUNTS =
            "SELECT o.id FROM OrganizationEntity o WHERE o.realmId = :owner%s ORDER BY o.id";
    private static final String AFTER_ACCOUNT = " AND o.id > :after";

    private final EntityManager em;
    private final Sessions sessions;

    /** @param session with the realm in its context */
    Members(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.sessions = new Sessions(session);
    }

    /** Writes a row for each member or account of the next page, and one row for the rest if there may be more. */
    void expand(OutboxEntry entry, SessionEntry wanted, Outbox outbox) {
        List<String> page = page(wanted, entry.ownerId());
        switch (wanted.type()) {
            case END_MEMBERS ->
                page.forEach(member -> outbox.enqueue(
                        SessionEntry.endWithLogins(entry.realmId(), member, wanted.cutoff()), Optional.empty()));
            case CHECK_MEMBERS -> page.forEach(sessions::check);
            case CHECK_ACCOUNTS ->
                page.forEach(account ->
                        outbox.enqueue(SessionEntry.checkMembers(entry.realmId(), account), Optional.empty()));
            default -> throw new IllegalArgumentException("Not about members: " + wanted.type());
        }
        if (page.size() == PAGE) {
            String last = page.get(PAGE - 1);
            outbox.enqueue(wanted.from(last).entry(entry.realmId(), entry.ownerId()), Optional.empty());
        }
    }

    /** The first page has no lower bound: an empty text would not do, it is null in Oracle. */
    private List<String> page(SessionEntry wanted, String owner) {
        boolean accounts = wanted.type() == SessionEntry.Type.CHECK_ACCOUNTS;
        Optional<String> after = Optional.ofNullable(wanted.after());
        String bound = after.map(id -> accounts ? AFTER_ACCOUNT : AFTER_MEMBER).orElse("");
        TypedQuery<String> query = em.createQuery((accounts ? ACCOUNTS : MEMBERS).formatted(bound), String.class)
                .setParameter("owner", owner)
                .setMaxResults(PAGE);
        after.ifPresent(id -> query.setParameter("after", id));
        return query.getResultList();
    }
}
