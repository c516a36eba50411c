package com.wisesync.keycloak.outbox;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;
import org.keycloak.provider.Provider;

/** The rows, in the current transaction. */
public final class Outbox implements Provider {

    private final EntityManager em;
    private final Deliveries deliveries;

    Outbox(EntityManager em, Deliveries deliveries) {
        this.em = em;
        this.deliveries = deliveries;
    }

    /** Written with the transaction or not at all, and looked at right after its commit. */
    public void enqueue(NewEntry entry) {
        enqueue(entry, lastOf(entry));
    }

    /** @param last when the newest entry of this kind and owner was written, for who has read it already */
    public void enqueue(NewEntry entry, Optional<Instant> last) {
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setId(entry.id());
        row.setCorrelationId(entry.id());
        row.setEntryKind(entry.kind());
        row.setRealmId(entry.realmId());
        row.setOwnerId(entry.ownerId());
        row.setEntryType(entry.type());
        row.setPayload(entry.payload());
        row.setStatus(OutboxEntryStatus.PENDING);
        Instant now = after(last);
        row.setCreatedAt(now);
        row.setNextAttemptAt(now);
        // As an entity, not with OutboxStore's HQL: AsyncCommitIntegrator of 26.7.4 looks at inserted entities only,
        // and would
        // let PostgreSQL lose a commit in which it saw nothing but, say, authentication sessions.
        em.persist(row);
        wakeAfterCommit(entry.kind());
    }

    /** Of one owner, newest first. */
    public List<WrittenEntry> of(String kind, String realmId, String ownerId) {
        return em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId = :owner"
                                + " AND e.realmId = :realm ORDER BY e.createdAt DESC",
                        OutboxEntryEntity.class)
                .setParameter("kind", kind)
                .setParameter("owner", ownerId)
                .setParameter("realm", realmId)
                .getResultStream()
                .map(WrittenEntry::of)
                .toList();
    }

    /** Of the whole realm, newest first. */
    public List<WrittenEntry> of(String kind, String realmId, List<WrittenEntry.State> states, int first, int max) {
        return em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.realmId = :realm"
                                + " AND e.status IN :statuses ORDER BY e.createdAt DESC, e.id",
                        OutboxEntryEntity.class)
                .setParameter("kind", kind)
                .setParameter("realm", realmId)
                .setParameter(
                        "statuses",
                        states.stream().map(WrittenEntry.State::status).toList())
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultStream()
                .map(WrittenEntry::of)
                .toList();
    }

    public long count(String kind, String realmId, List<WrittenEntry.State> states) {
        return em.createQuery(
                        "SELECT COUNT(e) FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.realmId = :realm"
                                + " AND e.status IN :statuses",
                        Long.class)
                .setParameter("kind", kind)
                .setParameter("realm", realmId)
                .setParameter(
                        "statuses",
                        states.stream().map(WrittenEntry.State::status).toList())
                .getSingleResult();
    }

    public Optional<WrittenEntry> find(String kind, String realmId, String id) {
        return row(kind, realmId, id, LockModeType.NONE).map(WrittenEntry::of);
    }

    /** What became of {@link #retry}. */
    public enum Retry {
        GOING_AGAIN,
        NOT_FAILED,
        UNKNOWN
    }

    /** Sets a dead letter going again, with the whole time to be delivered in. What has not failed for good is left as it is. */
    public Retry retry(String kind, String realmId, String id) {
        Optional<OutboxEntryEntity> found = row(kind, realmId, id, LockModeType.PESSIMISTIC_WRITE);
        if (found.isEmpty()) {
            return Retry.UNKNOWN;
        }
        OutboxEntryEntity row = found.get();
        if (row.getStatus() != OutboxEntryStatus.DEAD_LETTER) {
            return Retry.NOT_FAILED;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        row.setStatus(OutboxEntryStatus.PENDING);
        row.setNextAttemptAt(now);
        row.setMetadata(
                Metadata.of(row.getMetadata()).retried(now.toEpochMilli()).json());
        wakeAfterCommit(kind);
        return Retry.GOING_AGAIN;
    }

    @Override
    public void close() {}

    private Optional<OutboxEntryEntity> row(String kind, String realmId, String id, LockModeType lock) {
        return Optional.ofNullable(em.find(OutboxEntryEntity.class, id, lock))
                .filter(row ->
                        row.getEntryKind().equals(kind) && row.getRealmId().equals(realmId));
    }

    private Optional<Instant> lastOf(NewEntry entry) {
        return Optional.ofNullable(em.createQuery(
                        "SELECT MAX(e.createdAt) FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId = :owner",
                        Instant.class)
                .setParameter("kind", entry.kind())
                .setParameter("owner", entry.ownerId())
                .getSingleResult());
    }

    /** Two machines' clocks may differ: what is written later stands later all the same. */
    private static Instant after(Optional<Instant> last) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return last.filter(earlier -> !earlier.isBefore(now))
                .map(earlier -> earlier.plus(1, ChronoUnit.MICROS))
                .orElse(now);
    }

    private void wakeAfterCommit(String kind) {
        AfterCompletionCallback wake = (committed, session) -> {
            if (committed) {
                deliveries.wake(kind);
            }
        };
        em.unwrap(SharedSessionContractImplementor.class)
                .getTransactionCompletionCallbacks()
                .registerCallback(wake);
    }
}
