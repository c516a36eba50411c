package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.outbox.StoredEntry.State;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.query.SelectionQuery;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.outbox.OutboxStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The short transactions around an attempt: lease entries, then record how each attempt ended.
 *
 * <p>A leased row has a next attempt in the future and a random token. A node that dies therefore holds nothing: its entries
 * become due again by themselves. Only the holder of the token may record a failure; a delivery is recorded in any case, because
 * the receiver has accepted the message.
 *
 * <p>Nothing depends on the precision of timestamps: leases are compared by their token, and the order of an owner's entries is
 * their {@link Sequence}. All queries are portable: only rows that are selected by their id are locked, because Oracle cannot
 * lock the rows of a limited query.
 */
final class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);

    private static final int PURGE_BATCH = 1000;

    /** Counting stops here; more entries need the same attention. */
    private static final int MAX_COUNT = 100_000;

    /**
     * The oldest waiting entry of each owner, if it is due; {@link #replaceable} has the exception. The earlier ones are compared
     * by CASE, because PostgreSQL would use the index on kind, realm and status instead of that on the owner when its statistics
     * are older than a large import, and read all waiting entries for each one.
     */
    private static final String DUE =
            "SELECT e.id FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.status = :waiting"
                    + " AND e.nextAttemptAt <= :now AND NOT EXISTS (SELECT 1 FROM OutboxEntryEntity o"
                    + " WHERE o.entryKind = :kind AND o.ownerId = e.ownerId"
                    + " AND CASE WHEN o.status = :waiting THEN 1 ELSE 0 END = 1%s"
                    + " AND (COALESCE(o.containerId, '0') < COALESCE(e.containerId, '0')"
                    + " OR (COALESCE(o.containerId, '0') = COALESCE(e.containerId, '0') AND o.id < e.id)))";

    private static final String LOCK_IF_DUE =
            "SELECT e FROM OutboxEntryEntity e WHERE e.id = :id AND e.status = :waiting AND e.nextAttemptAt <= :now";

    /**
     * The result of {@link #leaseDue}.
     *
     * @param contended whether entries are due that another node was leasing at the same time
     */
    record Leased(List<Lease> leases, boolean contended) {}

    private final KeycloakSessionFactory factory;
    private final String kind;
    private final Duration length;
    private final Duration keepEnded;
    private final EntryHandlerFactory handlers;
    private final RetryPolicy retries;

    Leases(KeycloakSessionFactory factory, EntryHandlerFactory handlers) {
        this.factory = factory;
        this.handlers = handlers;
        this.kind = handlers.getId();
        this.length = handlers.longestSend().multipliedBy(2);
        this.keepEnded = handlers.keepEnded();
        this.retries = new RetryPolicy(handlers.giveUpAfter());
    }

    /** Leases at most {@code max} due entries, at most one of each owner. Skips rows that another node is leasing. */
    Leased leaseDue(int max) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            Instant now = now();
            EntityManager em = entities(session);
            // More than needed, because other nodes lease from the same end.
            List<String> due = em.createQuery(
                            DUE.formatted(replaceable()) + paused() + " ORDER BY e.nextAttemptAt", String.class)
                    .setParameter("kind", kind)
                    .setParameter("waiting", OutboxEntryStatus.PENDING)
                    .setParameter("now", now)
                    .setMaxResults(max * 3)
                    .getResultList();
            List<Lease> leases = new ArrayList<>();
            for (String id : due) {
                if (leases.size() < max) {
                    lockIfDue(em, id, now).ifPresent(row -> leases.add(lease(row, now)));
                }
            }
            return new Leased(leases, leases.isEmpty() && !due.isEmpty());
        });
    }

    /** A condition on the row {@code o}, which a newer row {@code e} of its owner waits for. */
    private String replaceable() {
        return handlers.ownersOfReplacements().stream()
                .map(owner -> " AND NOT (o.ownerId LIKE '" + owner + "%' AND o.attempts > 0)")
                .collect(Collectors.joining());
    }

    private String paused() {
        return handlers.pausedOwners().stream()
                .map(owner -> " AND e.ownerId NOT LIKE '" + owner + "%'")
                .collect(Collectors.joining());
    }

    /** When the next entry becomes due; empty if none waits. */
    Optional<Instant> nextDue() {
        return Optional.ofNullable(KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> entities(session)
                        .createQuery(
                                "SELECT MIN(e.nextAttemptAt) FROM OutboxEntryEntity e WHERE e.entryKind = :kind"
                                        + " AND e.status = :waiting AND e.nextAttemptAt > :now",
                                Instant.class)
                        .setParameter("kind", kind)
                        .setParameter("waiting", OutboxEntryStatus.PENDING)
                        .setParameter("now", now())
                        .getSingleResult()));
    }

    /** Records how an attempt ended. A result that is not a delivery has no effect after the lease was lost. */
    void record(Lease lease, DeliveryResult result) {
        change(lease, (store, row) -> {
            Metadata metadata = Metadata.of(row.getMetadata());
            if (result.outcome() == DeliveryResult.Outcome.DELIVERED) {
                delivered(store, row, metadata, result);
            } else if (isLeasedBy(row, metadata, lease)) {
                switch (result.outcome()) {
                    case DELIVERED, NOT_NOW -> row.setNextAttemptAt(now().plus(result.retryAfter()));
                    case RETRY -> retryOrGiveUp(store, row, metadata, lease, result);
                    case BLOCKED -> retryWhenUnblocked(store, row, metadata, result);
                    case OBSOLETE -> dismiss(row, result.error());
                    case HELD -> hold(row, metadata, result);
                    case DEAD_LETTER -> moveToDeadLetter(store, row, metadata, result.error());
                }
            }
        });
    }

    /** Ends a lease as if the entry had never been leased. */
    void giveBack(Lease lease) {
        record(lease, DeliveryResult.notNow(Duration.ZERO));
    }

    EntryCounts.Counts count() {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            Map<State, Long> counts = new EnumMap<>(State.class);
            for (State state : List.of(State.WAITING, State.HELD, State.FAILED)) {
                counts.put(state, count(entities(session), state));
            }
            Instant oldest = entities(session)
                    .createQuery(
                            "SELECT MIN(e.createdAt) FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.status = :waiting",
                            Instant.class)
                    .setParameter("kind", kind)
                    .setParameter("waiting", OutboxEntryStatus.PENDING)
                    .getSingleResult();
            return new EntryCounts.Counts(counts, oldest);
        });
    }

    /**
     * Deletes entries that ended longer ago than they are kept: delivered, dismissed, and failed ones that staff cannot act on.
     * Works in batches with a transaction each. Uses the next attempt, which is the end of an entry that has ended and is indexed
     * together with the status.
     *
     * @return how many were deleted
     */
    int purgeEnded() {
        Instant cutoff = now().minus(keepEnded);
        int purged = purge(State.DELIVERED, cutoff) + purge(State.DISMISSED, cutoff);
        return handlers.staffHandleFailed() ? purged : purged + purge(State.FAILED, cutoff);
    }

    private int purge(State state, Instant cutoff) {
        int purged = 0;
        int batch;
        do {
            batch = KeycloakModelUtils.runJobInTransactionWithResult(
                    factory, session -> purgeBatch(entities(session), state, cutoff));
            purged += batch;
        } while (batch == PURGE_BATCH);
        return purged;
    }

    private int purgeBatch(EntityManager em, State state, Instant cutoff) {
        List<String> ids = em.createQuery(
                        "SELECT e.id FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.status = :status"
                                + " AND e.nextAttemptAt < :cutoff" + state.condition() + replaced()
                                + " ORDER BY e.nextAttemptAt",
                        String.class)
                .setParameter("kind", kind)
                .setParameter("status", state.status())
                .setParameter("cutoff", cutoff)
                .setMaxResults(PURGE_BATCH)
                .getResultList();
        if (!ids.isEmpty()) {
            em.createQuery("DELETE FROM OutboxEntryEntity e WHERE e.id IN :ids AND e.status = :status")
                    .setParameter("ids", ids)
                    .setParameter("status", state.status())
                    .executeUpdate();
        }
        return ids.size();
    }

    /** A condition on the row {@code e}: it is not the newest of its owner, or of a type that is not kept. */
    private String replaced() {
        String kept =
                handlers.keptTypes().stream().map(type -> "'" + type + "'").collect(Collectors.joining(", "));
        return kept.isEmpty()
                ? ""
                : " AND (e.entryType NOT IN (" + kept + ") OR EXISTS (SELECT 1 FROM OutboxEntryEntity n"
                        + " WHERE n.entryKind = :kind AND n.ownerId = e.ownerId AND n.containerId > e.containerId))";
    }

    private long count(EntityManager em, State state) {
        String where = " FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.status = :status" + state.condition();
        return BoundedCount.count(em, where, Map.of("kind", kind, "status", state.status()), MAX_COUNT);
    }

    private void change(Lease lease, BiConsumer<OutboxStore, OutboxEntryEntity> change) {
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            OutboxEntryEntity row =
                    entities(session).find(OutboxEntryEntity.class, lease.rowId(), LockModeType.PESSIMISTIC_WRITE);
            // It is deleted together with its realm.
            if (row != null) {
                change.accept(new OutboxStore(session), row);
            }
        });
    }

    private Optional<OutboxEntryEntity> lockIfDue(EntityManager em, String id, Instant now) {
        var query = em.createQuery(LOCK_IF_DUE, OutboxEntryEntity.class)
                .setParameter("id", id)
                .setParameter("waiting", OutboxEntryStatus.PENDING)
                .setParameter("now", now)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE);
        query.unwrap(SelectionQuery.class).setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        return query.getResultStream().findFirst();
    }

    private void delivered(OutboxStore store, OutboxEntryEntity row, Metadata metadata, DeliveryResult result) {
        if (row.getStatus() == OutboxEntryStatus.DELIVERED) {
            return;
        }
        row.setEntryType(State.originalType(row.getEntryType()));
        if (result.answer() != null) {
            metadata.answered(result.answer());
        }
        row.setMetadata(metadata.ended().json());
        row.setNextAttemptAt(now());
        store.markDelivered(row);
        LOG.debugf("Delivered. kind=%s id=%s attempts=%d", kind, row.getId(), row.getAttempts());
    }

    private void retryOrGiveUp(
            OutboxStore store, OutboxEntryEntity row, Metadata metadata, Lease lease, DeliveryResult result) {
        Instant since = metadata.firstAttemptAt(lease.leasedAt());
        Optional<Instant> next = retries.next(now(), since, row.getAttempts() + 1, result.retryAfter());
        if (next.isPresent()) {
            row.setMetadata(metadata.firstAttempt(since).json());
            retryLater(store, row, next.get(), result);
        } else {
            moveToDeadLetter(store, row, metadata, result.error());
        }
    }

    private void retryWhenUnblocked(
            OutboxStore store, OutboxEntryEntity row, Metadata metadata, DeliveryResult result) {
        // The time that it is blocked is not the receiver's.
        row.setMetadata(metadata.withoutFirstAttempt().json());
        retryLater(store, row, retries.nextWhenBlocked(now(), row.getAttempts() + 1), result);
    }

    private void retryLater(OutboxStore store, OutboxEntryEntity row, Instant next, DeliveryResult result) {
        store.recordFailure(row, next, result.error());
        LOG.debugf(
                "Not delivered, to be tried again. kind=%s id=%s attempts=%d next=%s error=%s",
                kind, row.getId(), row.getAttempts(), next, result.error());
    }

    private void moveToDeadLetter(OutboxStore store, OutboxEntryEntity row, Metadata metadata, String error) {
        row.setMetadata(metadata.ended().json());
        row.setNextAttemptAt(now());
        store.markDeadLetter(row, error);
        LOG.errorf(
                "Given up%s. kind=%s id=%s attempts=%d error=%s",
                handlers.staffHandleFailed() ? " until staff retry it" : "",
                kind,
                row.getId(),
                row.getAttempts(),
                error);
    }

    private void dismiss(OutboxEntryEntity row, String reason) {
        Transitions.dismiss(row, reason);
        LOG.infof("Dismissed, because it no longer applies. kind=%s id=%s reason=%s", kind, row.getId(), reason);
    }

    private void hold(OutboxEntryEntity row, Metadata metadata, DeliveryResult result) {
        row.setMetadata(metadata.withoutFirstAttempt().noted(result.answer()).json());
        row.setStatus(OutboxEntryStatus.HELD);
        row.setNextAttemptAt(now());
        row.setLastError(result.error());
        LOG.warnf("Held until staff release or dismiss it. kind=%s id=%s reason=%s", kind, row.getId(), result.error());
    }

    private static boolean isLeasedBy(OutboxEntryEntity row, Metadata metadata, Lease lease) {
        return row.getStatus() == OutboxEntryStatus.PENDING && metadata.isLeasedBy(lease);
    }

    private Lease lease(OutboxEntryEntity row, Instant now) {
        String token = UUID.randomUUID().toString();
        row.setNextAttemptAt(now.plus(length));
        row.setMetadata(Metadata.of(row.getMetadata()).leasedAs(token).json());
        return new Lease(row.getId(), token, now, OutboxEntry.of(row));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
