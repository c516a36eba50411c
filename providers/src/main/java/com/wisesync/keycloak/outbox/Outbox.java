package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.outbox.StoredEntry.State;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hibernate.LockMode;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.hibernate.query.SelectionQuery;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;
import org.keycloak.provider.Provider;

/** Writes, lists and changes entries in the current transaction. */
public final class Outbox implements Provider {

    /** The highest count, and how far a list can be paged. */
    public static final int MAX_COUNT = 10_000;

    private static final String ANY_OWNER = "";
    private static final Pattern OWNER_PREFIX = Pattern.compile("[0-9a-zA-Z-]*");
    private static final int RETRY_BATCH = 500;
    private static final int MAX_ID = 36;

    private final EntityManager em;
    private final Drainers drainers;

    Outbox(EntityManager em, Drainers drainers) {
        this.em = em;
        this.drainers = drainers;
    }

    /** Writes an entry, which commits with the transaction or not at all, and is delivered right after the commit. */
    public void enqueue(NewEntry entry) {
        enqueue(entry, lastPosition(entry.kind(), entry.ownerId()));
    }

    /**
     * Writes an entry without reading the owner's other entries.
     *
     * @param last the position of the owner's newest entry of this kind ({@code CONTAINER_ID}); empty if there is none
     */
    public void enqueue(NewEntry entry, Optional<String> last) {
        persist(entry, last, OutboxEntryStatus.PENDING);
        wakeAfterCommit(entry.kind());
    }

    /**
     * Writes many entries of one kind with few statements, and forgets the rows afterwards, so that the cost of the transaction
     * grows linearly.
     *
     * @param entries at most some hundred, of different owners
     */
    public void enqueueAll(List<NewEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        String kind = entries.get(0).kind();
        Map<String, String> last =
                lastPositions(kind, entries.stream().map(NewEntry::ownerId).toList());
        List<OutboxEntryEntity> rows = new ArrayList<>();
        for (NewEntry entry : entries) {
            rows.add(persist(entry, Optional.ofNullable(last.get(entry.ownerId())), OutboxEntryStatus.PENDING));
        }
        em.flush();
        rows.forEach(em::detach);
        wakeAfterCommit(kind);
    }

    /**
     * Writes entries of one kind, or joins each with the newest waiting entry of its owner, if that one was never leased. It stays
     * locked until the commit, so that it is not leased before the change can be read. One that another transaction has locked is
     * not joined, which avoids deadlocks.
     *
     * @param entries at most some hundred, of different owners
     * @param join the type of two joined entries, the waiting one first; empty if they cannot be joined
     */
    public void enqueueOrJoin(List<NewEntry> entries, BiFunction<String, String, Optional<String>> join) {
        if (entries.isEmpty()) {
            return;
        }
        String kind = entries.get(0).kind();
        Map<String, OutboxEntryEntity> waiting =
                newestWaiting(kind, entries.stream().map(NewEntry::ownerId).toList());
        List<OutboxEntryEntity> rows = new ArrayList<>(waiting.values());
        for (NewEntry entry : entries) {
            Optional<OutboxEntryEntity> newest = Optional.ofNullable(waiting.get(entry.ownerId()));
            Optional<String> joined = newest.filter(
                            row -> !Metadata.of(row.getMetadata()).wasLeased())
                    .flatMap(row -> join.apply(row.getEntryType(), entry.type()));
            if (joined.isPresent()) {
                newest.get().setEntryType(joined.get());
            } else {
                rows.add(persist(entry, newest.map(OutboxEntryEntity::getContainerId), OutboxEntryStatus.PENDING));
            }
        }
        em.flush();
        rows.forEach(em::detach);
        wakeAfterCommit(kind);
    }

    /** Locks an entry until the end of the transaction and returns its payload; empty if it was deleted. */
    public Optional<String> lockPayload(OutboxEntry entry) {
        return row(entry.kind(), entry.realmId(), entry.id(), LockModeType.PESSIMISTIC_WRITE)
                .map(OutboxEntryEntity::getPayload);
    }

    /** Replaces type and payload of an entry, which stay the same for all later attempts. */
    public void rewrite(OutboxEntry entry, String type, String payload) {
        row(entry.kind(), entry.realmId(), entry.id(), LockModeType.PESSIMISTIC_WRITE)
                .ifPresent(row -> {
                    row.setEntryType(type);
                    row.setPayload(payload);
                });
    }

    /** Deletes an entry that turned out to be about nothing. */
    public void remove(OutboxEntry entry) {
        row(entry.kind(), entry.realmId(), entry.id(), LockModeType.PESSIMISTIC_WRITE)
                .ifPresent(em::remove);
    }

    /**
     * Writes an entry that is not delivered until it is released.
     *
     * @param why the reason, shown to staff
     * @param note for the handler; may be null
     */
    public void hold(NewEntry entry, DeliveryError why, String note) {
        OutboxEntryEntity row = persist(entry, lastPosition(entry.kind(), entry.ownerId()), OutboxEntryStatus.HELD);
        row.setLastError(why.encode());
        row.setMetadata(Metadata.of(null).noted(note).json());
    }

    /**
     * The entries of one owner, newest first.
     *
     * @param max how many at most
     */
    public List<StoredEntry> newestOf(String kind, String ownerId, int max) {
        return em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId = :owner"
                                + " ORDER BY e.containerId DESC",
                        OutboxEntryEntity.class)
                .setParameter("kind", kind)
                .setParameter("owner", ownerId)
                .setMaxResults(max)
                .getResultStream()
                .map(StoredEntry::of)
                .toList();
    }

    /**
     * The entries of a realm in the given states, those with the latest attempt first. Reads only as many rows as it skips and
     * returns, through the index of status and next attempt.
     *
     * @param first at most {@link #MAX_COUNT}; nothing is returned beyond it
     */
    public List<StoredEntry> list(String kind, String realmId, List<State> states, int first, int max) {
        return list(kind, realmId, ANY_OWNER, states, first, max);
    }

    /**
     * The same, of the owners whose ids begin with a prefix.
     *
     * @param owners a prefix without wildcards
     */
    public List<StoredEntry> list(String kind, String realmId, String owners, List<State> states, int first, int max) {
        if (first >= MAX_COUNT) {
            return List.of();
        }
        if (states.size() == 1) {
            return StoredEntry.of(page(kind, realmId, owners, states.get(0), first, max));
        }
        // A query over several states cannot use the order of the index.
        List<OutboxEntryEntity> newest = new ArrayList<>();
        states.forEach(state -> newest.addAll(page(kind, realmId, owners, state, 0, first + max)));
        newest.sort(Comparator.comparing(OutboxEntryEntity::getNextAttemptAt)
                .thenComparing(OutboxEntryEntity::getId)
                .reversed());
        return StoredEntry.of(newest.stream().skip(first).limit(max).toList());
    }

    /**
     * How many entries of a realm are in the given states.
     *
     * @return at most {@link #MAX_COUNT}
     */
    public long count(String kind, String realmId, List<State> states) {
        return count(kind, realmId, ANY_OWNER, states);
    }

    /**
     * The same, of the owners whose ids begin with a prefix.
     *
     * @param owners a prefix without wildcards
     */
    public long count(String kind, String realmId, String owners, List<State> states) {
        long count = 0;
        for (State state : states) {
            count += BoundedCount.count(
                    em,
                    " FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.realmId = :realm AND e.status = :status"
                            + state.condition() + ofOwners(owners),
                    Map.of("kind", kind, "realm", realmId, "status", state.status()),
                    MAX_COUNT);
        }
        return Math.min(count, MAX_COUNT);
    }

    /** Finds an entry of a realm by its id. */
    public Optional<StoredEntry> find(String kind, String realmId, String id) {
        return row(kind, realmId, id, LockModeType.NONE).map(StoredEntry::of);
    }

    /**
     * Writes an entry about work that has begun, which is not due before its lease ends. The work extends the lease while it is
     * going on. If its node dies, the entry becomes due and its handler decides.
     */
    public void begin(NewEntry entry, Duration lease) {
        persist(entry, lastPosition(entry.kind(), entry.ownerId()), OutboxEntryStatus.PENDING)
                .setNextAttemptAt(dueNow().plus(lease));
    }

    /**
     * Extends the lease of work that is going on.
     *
     * @param note for readers, for example the progress
     */
    public Transition extend(String kind, String realmId, String id, Duration lease, String note) {
        return transition(kind, realmId, id, List.of(State.WAITING), row -> {
            row.setNextAttemptAt(dueNow().plus(lease));
            row.setMetadata(Metadata.of(row.getMetadata()).noted(note).json());
        });
    }

    /**
     * Ends work: its entry is delivered or, if the work failed, dismissed. Has no effect if the handler has ended it before.
     *
     * @param answer the result, for readers
     */
    public Transition end(String kind, String realmId, String id, boolean successful, String answer) {
        return transition(kind, realmId, id, List.of(State.WAITING), row -> {
            row.setMetadata(Metadata.of(row.getMetadata()).answered(answer).json());
            if (successful) {
                row.setStatus(OutboxEntryStatus.DELIVERED);
                row.setDeliveredAt(dueNow());
                row.setNextAttemptAt(dueNow());
            } else {
                dismiss(row, null);
            }
        });
    }

    /** How a change of an entry's state ended. */
    public enum Transition {
        /** The state was changed. */
        DONE,
        /** The entry is in a state from which this change is not possible. */
        WRONG_STATE,
        /** There is no such entry. */
        NOT_FOUND
    }

    /** Delivers a failed entry again, with the full time to give up. */
    public Transition retry(String kind, String realmId, String id) {
        return change(kind, realmId, id, List.of(State.FAILED), row -> sendNow(row));
    }

    /** Delivers a held entry. */
    public Transition release(String kind, String realmId, String id) {
        return change(kind, realmId, id, List.of(State.HELD), row -> sendNow(row));
    }

    /** Drops a held or failed entry for good. */
    public Transition dismiss(String kind, String realmId, String id) {
        return change(kind, realmId, id, List.of(State.HELD, State.FAILED), row -> dismiss(row, row.getLastError()));
    }

    /** Delivers a delivered entry again, under a new message id. */
    public Transition resend(String kind, String realmId, String id) {
        return change(kind, realmId, id, List.of(State.DELIVERED), row -> {
            row.setMetadata(Metadata.of(row.getMetadata()).resentOnceMore().json());
            sendNow(row);
        });
    }

    /**
     * Holds a delivered entry that would otherwise be sent again.
     *
     * @param why the reason, shown to staff
     * @param note for the handler; may be null
     */
    public Transition holdAgain(String kind, String realmId, String id, DeliveryError why, String note) {
        return change(kind, realmId, id, List.of(State.DELIVERED), row -> {
            row.setMetadata(
                    Metadata.of(row.getMetadata()).resentOnceMore().noted(note).json());
            row.setStatus(OutboxEntryStatus.HELD);
            row.setNextAttemptAt(dueNow());
            row.setLastError(why.encode());
        });
    }

    /**
     * Delivers all failed entries of a realm again, each with the full time to give up. Entries that are not true any more are
     * dismissed when they are sent.
     *
     * @return how many
     */
    public int retryAll(String kind, String realmId) {
        int retried = 0;
        List<String> batch;
        do {
            batch = em.createQuery(
                            "SELECT e.id FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.realmId = :realm"
                                    + " AND e.status = :status" + State.FAILED.condition(),
                            String.class)
                    .setParameter("kind", kind)
                    .setParameter("realm", realmId)
                    .setParameter("status", OutboxEntryStatus.DEAD_LETTER)
                    .setMaxResults(RETRY_BATCH)
                    .getResultList();
            if (!batch.isEmpty()) {
                // Given up: its metadata has no first attempt any more.
                retried += em.createQuery("UPDATE OutboxEntryEntity e SET e.status = :waiting, e.nextAttemptAt = :now"
                                + " WHERE e.id IN :ids AND e.status = :failed")
                        .setParameter("waiting", OutboxEntryStatus.PENDING)
                        .setParameter("failed", OutboxEntryStatus.DEAD_LETTER)
                        .setParameter("now", dueNow())
                        .setParameter("ids", batch)
                        .executeUpdate();
            }
        } while (batch.size() == RETRY_BATCH);
        wakeAfterCommit(kind);
        return retried;
    }

    /** The position of the newest entry of each owner, for those that have one. */
    public Map<String, String> lastPositions(String kind, List<String> ownerIds) {
        Map<String, String> last = new HashMap<>();
        em.createQuery(
                        "SELECT e.ownerId, MAX(e.containerId) FROM OutboxEntryEntity e WHERE e.entryKind = :kind"
                                + " AND e.ownerId IN :owners GROUP BY e.ownerId",
                        Object[].class)
                .setParameter("kind", kind)
                .setParameter("owners", ownerIds)
                .getResultStream()
                .filter(row -> row[1] != null)
                .forEach(row -> last.put((String) row[0], (String) row[1]));
        return last;
    }

    @Override
    public void close() {}

    /** Drops a row for good. */
    static void dismiss(OutboxEntryEntity row, String reason) {
        row.setEntryType(State.dismissedType(State.originalType(row.getEntryType())));
        row.setStatus(OutboxEntryStatus.DEAD_LETTER);
        row.setNextAttemptAt(dueNow());
        row.setLastError(reason);
    }

    private static void sendNow(OutboxEntryEntity row) {
        row.setStatus(OutboxEntryStatus.PENDING);
        row.setNextAttemptAt(dueNow());
        row.setMetadata(Metadata.of(row.getMetadata()).withoutFirstAttempt().json());
    }

    private Transition change(
            String kind, String realmId, String id, List<State> from, Consumer<OutboxEntryEntity> change) {
        Transition transition = transition(kind, realmId, id, from, change);
        if (transition == Transition.DONE) {
            wakeAfterCommit(kind);
        }
        return transition;
    }

    private Transition transition(
            String kind, String realmId, String id, List<State> from, Consumer<OutboxEntryEntity> change) {
        Optional<OutboxEntryEntity> found = row(kind, realmId, id, LockModeType.PESSIMISTIC_WRITE);
        if (found.isEmpty()) {
            return Transition.NOT_FOUND;
        }
        if (!from.contains(State.of(found.get()))) {
            return Transition.WRONG_STATE;
        }
        change.accept(found.get());
        return Transition.DONE;
    }

    private List<OutboxEntryEntity> page(String kind, String realmId, String owners, State state, int first, int max) {
        return em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.realmId = :realm"
                                + " AND e.status = :status" + state.condition() + ofOwners(owners)
                                + " ORDER BY e.nextAttemptAt DESC, e.id DESC",
                        OutboxEntryEntity.class)
                .setParameter("kind", kind)
                .setParameter("realm", realmId)
                .setParameter("status", state.status())
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    private OutboxEntryEntity persist(NewEntry entry, Optional<String> last, OutboxEntryStatus status) {
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

    private Optional<OutboxEntryEntity> row(String kind, String realmId, String id, LockModeType lock) {
        // PostgreSQL refuses a NUL in a query.
        if (id.length() > MAX_ID || id.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Optional.ofNullable(em.find(OutboxEntryEntity.class, id, lock))
                .filter(row ->
                        row.getEntryKind().equals(kind) && row.getRealmId().equals(realmId));
    }

    private Map<String, OutboxEntryEntity> newestWaiting(String kind, List<String> ownerIds) {
        var query = em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId IN :owners"
                                + " AND e.status = :waiting",
                        OutboxEntryEntity.class)
                .setParameter("kind", kind)
                .setParameter("owners", ownerIds)
                .setParameter("waiting", OutboxEntryStatus.PENDING)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE);
        query.unwrap(SelectionQuery.class).setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        Map<String, OutboxEntryEntity> newest = new HashMap<>();
        query.getResultStream()
                .forEach(row -> newest.merge(
                        row.getOwnerId(),
                        row,
                        BinaryOperator.maxBy(Comparator.comparing(OutboxEntryEntity::getContainerId))));
        return newest;
    }

    /** Owners are hashes or ids: the prefix contains nothing that has a meaning in HQL. */
    private static String ofOwners(String prefix) {
        if (!OWNER_PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("Not the beginning of an owner's id");
        }
        return prefix.isEmpty() ? "" : " AND e.ownerId LIKE '" + prefix + "%'";
    }

    private Optional<String> lastPosition(String kind, String ownerId) {
        return Optional.ofNullable(lastPositions(kind, List.of(ownerId)).get(ownerId));
    }

    /** Whole seconds: databases that drop fractions may round up, and the entry would not be due yet. */
    private static Instant dueNow() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private void wakeAfterCommit(String kind) {
        AfterCompletionCallback wake = (committed, session) -> {
            if (committed) {
                drainers.wake(kind);
            }
        };
        em.unwrap(SharedSessionContractImplementor.class)
                .getTransactionCompletionCallbacks()
                .registerCallback(wake);
    }
}
