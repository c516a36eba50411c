package com.wisesync.keycloak.mail;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;

/** Reads the outbox rows of one email queue; each query is bounded. */
final class EmailRows {

    private final EntityManager em;
    private final RealmModel realm;

    EmailRows(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /**
     * A row of an email.
     *
     * @param token the id of the token in the link; null unless Keycloak sent it
     */
    record Row(String id, String type, Instant createdAt, String token) {

        static Row of(OutboxEntryEntity row) {
            String token = Emails.STOCK_LINK.equals(row.getEntryType())
                    ? QueuedEmail.parse(row.getPayload()).token()
                    : null;
            return new Row(row.getCorrelationId(), row.getEntryType(), row.getCreatedAt(), token);
        }
    }

    /** The last written row. Times would not do: MySQL and MariaDB store whole seconds. */
    Optional<Row> newest(String queue) {
        return em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId = :owner"
                                + " AND e.realmId = :realm ORDER BY e.containerId DESC",
                        OutboxEntryEntity.class)
                .setParameter("kind", Emails.KIND)
                .setParameter("owner", queue)
                .setParameter("realm", realm.getId())
                .setMaxResults(1)
                .getResultStream()
                .map(Row::of)
                .findFirst();
    }
}
