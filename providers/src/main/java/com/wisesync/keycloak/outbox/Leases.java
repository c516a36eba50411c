package com.wisesync.keycloak.outbox;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
 * The short transactions around an attempt: take a lease, record how it ended. A lease is a next attempt in the future, so a node
 * that dies holds nothing: its entries become due again by themselves.
 */
final class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);

    /** An owner's oldest waiting entry, whether due or not, stands before their others. */
    private static final String DUE =
            "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.status = :waiting"
                    + " AND e.nextAttemptAt <= :now AND NOT EXISTS (SELECT 1 FROM OutboxEntryEntity o"
                    + " WHERE o.entryKind = :kind AND o.ownerId = e.ownerId AND o.status = :waiting AND o.createdAt < e.createdAt)"
                    + " ORDER BY e.nextAttemptAt";

    private final KeycloakSessionFactory factory;
    private final String kind;
    private final Duration length;
    private final Duration keepDelivered;
    private final RetryPolicy retries;

    Leases(KeycloakSessionFactory factory, EntryHandlerFactory handlers) {
        this.factory = factory;
        this.kind = handlers.getId();
        this.length = handlers.longestSend().multipliedBy(2);
        this.keepDelivered = handlers.keepDelivered();
        this.retries = new RetryPolicy(handlers.giveUpAfter());
    }

    /** At most one for each owner. Several nodes may ask at once: who comes second passes over what the first has locked. */
    List<Lease> take(int max) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            Instant now = now();
            Instant until = now.plus(length);
            TypedQuery<OutboxEntryEntity> due = entities(session)
                    .createQuery(DUE, OutboxEntryEntity.class)
                    .setParameter("kind", kind)
                    .setParameter("waiting", OutboxEntryStatus.PENDING)
                    .setParameter("now", now)
                    .setMaxResults(max)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE);
            due.unwrap(SelectionQuery.class).setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
            return due.getResultStream().map(row -> lease(row, until)).toList();
        });
    }

    /** When the next entry is due that is not; empty when none waits. */
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

    void record(Lease lease, DeliveryResult result) {
        change(lease, row -> {
            switch (result.outcome()) {
                case DELIVERED -> delivered(row, result);
                case NOT_NOW -> release(row, lease, result.retryAfter());
                case RETRY -> failed(row, lease, result);
                case DEAD_LETTER -> {
                    if (held(row, lease)) {
                        dead(row, result.error());
                    }
                }
            }
        });
    }

    /** As if it had never been taken. */
    void giveBack(Lease lease) {
        change(lease, row -> release(row, lease, Duration.ZERO));
    }

    Stock.Counts count() {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            Map<WrittenEntry.State, Long> counts = new EnumMap<>(WrittenEntry.State.class);
            entities(session)
                    .createQuery(
                            "SELECT e.status, COUNT(e) FROM OutboxEntryEntity e WHERE e.entryKind = :kind GROUP BY e.status",
                            Object[].class)
                    .setParameter("kind", kind)
                    .getResultStream()
                    .forEach(row ->
                            counts.merge(WrittenEntry.State.of((OutboxEntryStatus) row[0]), (Long) row[1], Long::sum));
            Instant oldest = entities(session)
                    .createQuery(
                            "SELECT MIN(e.createdAt) FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.status = :waiting",
                            Instant.class)
                    .setParameter("kind", kind)
                    .setParameter("waiting", OutboxEntryStatus.PENDING)
                    .getSingleResult();
            return new Stock.Counts(counts, oldest);
        });
    }

    void purge() {
        KeycloakModelUtils.runJobInTransaction(
                factory, session -> new OutboxStore(session).purgeDeliveredOlderThan(kind, now().minus(keepDelivered)));
    }

    private void change(Lease lease, Consumer<OutboxEntryEntity> change) {
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            OutboxEntryEntity row =
                    entities(session).find(OutboxEntryEntity.class, lease.rowId(), LockModeType.PESSIMISTIC_WRITE);
            // It goes with its realm.
            if (row != null) {
                change.accept(row);
            }
        });
    }

    /** It was heard, whoever holds the lease by now. */
    private void delivered(OutboxEntryEntity row, DeliveryResult result) {
        row.setStatus(OutboxEntryStatus.DELIVERED);
        row.setAttempts(row.getAttempts() + 1);
        row.setDeliveredAt(now());
        row.setLastError(null);
        if (result.answer() != null) {
            row.setMetadata(
                    Metadata.of(row.getMetadata()).answered(result.answer()).json());
        }
        LOG.debugf("Delivered. kind=%s id=%s attempts=%d", kind, row.getId(), row.getAttempts());
    }

    private static void release(OutboxEntryEntity row, Lease lease, Duration delay) {
        if (held(row, lease)) {
            row.setNextAttemptAt(now().plus(delay));
        }
    }

    private void failed(OutboxEntryEntity row, Lease lease, DeliveryResult result) {
        if (!held(row, lease)) {
            return;
        }
        Instant retried = Instant.ofEpochMilli(Metadata.of(row.getMetadata()).retriedAt());
        Instant since = retried.isAfter(row.getCreatedAt()) ? retried : row.getCreatedAt();
        retries.next(now(), since, row.getAttempts() + 1, result.retryAfter())
                .ifPresentOrElse(
                        next -> {
                            row.setAttempts(row.getAttempts() + 1);
                            row.setNextAttemptAt(next);
                            row.setLastError(shortened(result.error()));
                            LOG.debugf(
                                    "Not delivered, to be tried again. kind=%s id=%s attempts=%d next=%s error=%s",
                                    kind, row.getId(), row.getAttempts(), next, result.error());
                        },
                        () -> dead(row, result.error()));
    }

    private void dead(OutboxEntryEntity row, String error) {
        row.setStatus(OutboxEntryStatus.DEAD_LETTER);
        row.setAttempts(row.getAttempts() + 1);
        row.setLastError(shortened(error));
        LOG.errorf(
                "Given up, until somebody retries it. kind=%s id=%s attempts=%d error=%s",
                kind, row.getId(), row.getAttempts(), error);
    }

    private static boolean held(OutboxEntryEntity row, Lease lease) {
        return row.getStatus() == OutboxEntryStatus.PENDING
                && row.getNextAttemptAt().equals(lease.until());
    }

    private static Lease lease(OutboxEntryEntity row, Instant until) {
        row.setNextAttemptAt(until);
        return new Lease(row.getId(), until, OutboxEntry.of(row));
    }

    private static String shortened(String error) {
        return error.length() <= OutboxStore.MAX_LAST_ERROR_LENGTH
                ? error
                : error.substring(0, OutboxStore.MAX_LAST_ERROR_LENGTH);
    }

    /** To the millisecond, which every database keeps. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
