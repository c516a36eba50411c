package com.wisesync.keycloak.outbox;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.SelectionQuery;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

/** Finds, locks and inserts rows. */
final class Rows {

    private static final int MAX_ID = 36;

    private final EntityManager em;

    Rows(EntityManager em) {
        this.em = em;
    }

    /** Finds a row by its id, without a lock; empty if it is of another kind or realm. */
    Optional<OutboxEntryEntity> find(String kind, String realmId, String id) {
        return find(kind, realmId, id, LockModeType.NONE);
    }

    /**
     * Finds a row by its id, locks it until the end of the transaction and reads its current state. Changes that this
     * transaction has made to the row before must have been flushed.
     *
     * @return empty if it is of another kind or realm
     */
    Optional<OutboxEntryEntity> lock(String kind, String realmId, String id) {
        Optional<OutboxEntryEntity> found = find(kind, realmId, id, LockModeType.PESSIMISTIC_WRITE);
        // Hibernate locks a row that was read before, but keeps the state from then, which another transaction may have
        // changed.
        found.ifPresent(row -> em.refresh(row, LockModeType.PESSIMISTIC_WRITE));
        return found;
    }

    private Optional<OutboxEntryEntity> find(String kind, String realmId, String id, LockModeType lock) {
        // PostgreSQL refuses a NUL in a query.
        if (id.length() > MAX_ID || id.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.ofNullable(em.find(OutboxEntryEntity.class, id, lock))
                .filter(row ->
                        row.getEntryKind().equals(kind) && row.getRealmId().equals(realmId));
    }

    /**
     * Inserts a row.
     *
     * @param last the position of the owner's newest entry; empty if there is none
     */
    OutboxEntryEntity persist(NewEntry entry, Optional<String> last, OutboxEntryStatus status) {
        Instant now = Instant.now();
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setId(entry.id());
        row.setCorrelationId(entry.id());
        row.setEntryKind(entry.kind());
        row.setRealmId(entry.realmId());
        row.setOwnerId(entry.ownerId());
        row.setContainerId(Sequence.after(last, now));
        row.setEntryType(entry.type());
        row.setPayload(entry.payload());
        row.setStatus(status);
        row.setCreatedAt(now.truncatedTo(ChronoUnit.MILLIS));
        row.setNextAttemptAt(dueNow());
        // As an entity, not with OutboxStore's HQL: AsyncCommitIntegrator of 26.7.4 looks at inserted entities only
        // and would let PostgreSQL lose a commit with nothing else in it but, say, authentication sessions.
        em.persist(row);
        return row;
    }

    /**
     * The newest row of an owner, as it was when it was read.
     *
     * @param position its {@code CONTAINER_ID}
     */
    record Newest(String id, String position, OutboxEntryStatus status) {}

    /** The newest row of each owner, in any state, for those that have one. Locks nothing. */
    Map<String, Newest> newest(String kind, List<String> ownerIds) {
        Map<String, Newest> newest = new HashMap<>();
        ofOwners(
                        kind,
                        ownerIds,
                        "e.ownerId, e.id, e.containerId, e.status",
                        " AND e.containerId = (SELECT MAX(n.containerId) FROM OutboxEntryEntity n"
                                + " WHERE n.entryKind = e.entryKind AND n.ownerId = e.ownerId)")
                .forEach(row -> newest.put(
                        (String) row[0], new Newest((String) row[1], (String) row[2], (OutboxEntryStatus) row[3])));
        return newest;
    }

    /** Locks and returns, by owner, those of the rows that are still waiting and that no other transaction has locked. */
    Map<String, OutboxEntryEntity> lockWaiting(Collection<Newest> newest) {
        List<String> ids = newest.stream()
                .filter(row -> row.status() == OutboxEntryStatus.PENDING)
                .map(Newest::id)
                .toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        var query = em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.id IN :ids AND e.status = :waiting",
                        OutboxEntryEntity.class)
                .setParameter("ids", ids)
                .setParameter("waiting", OutboxEntryStatus.PENDING)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE);
        query.unwrap(SelectionQuery.class).setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        return query.getResultStream().collect(Collectors.toMap(OutboxEntryEntity::getOwnerId, row -> row));
    }

    /** The position of the newest entry of each owner, for those that have one. */
    Map<String, String> lastPositions(String kind, List<String> ownerIds) {
        Map<String, String> last = new HashMap<>();
        ofOwners(kind, ownerIds, "e.ownerId, MAX(e.containerId)", " GROUP BY e.ownerId")
                .filter(row -> row[1] != null)
                .forEach(row -> last.put((String) row[0], (String) row[1]));
        return last;
    }

    /**
     * H2 uses only the first column of an index when the next one is compared with a list, and would read all rows of the kind.
     * It gets a range too, which other databases would compare by their collation.
     */
    private Stream<Object[]> ofOwners(String kind, List<String> ownerIds, String columns, String rest) {
        boolean ranged = ownerIds.size() > 1 && dialect() instanceof H2Dialect;
        TypedQuery<Object[]> query = em.createQuery(
                        "SELECT " + columns
                                + " FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId IN :owners"
                                + (ranged ? " AND e.ownerId BETWEEN :first AND :last" : "") + rest,
                        Object[].class)
                .setParameter("kind", kind)
                .setParameter("owners", ownerIds);
        if (ranged) {
            query.setParameter("first", Collections.min(ownerIds)).setParameter("last", Collections.max(ownerIds));
        }
        return query.getResultStream();
    }

    private Dialect dialect() {
        return em.unwrap(SharedSessionContractImplementor.class)
                .getJdbcServices()
                .getDialect();
    }

    /** The position of the owner's newest entry; empty if there is none. */
    Optional<String> lastPosition(String kind, String ownerId) {
        return Optional.ofNullable(lastPositions(kind, List.of(ownerId)).get(ownerId));
    }

    /** Whole seconds: databases that drop fractions may round up, and the entry would not be due yet. */
    static Instant dueNow() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
