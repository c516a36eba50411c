package com.wisesync.keycloak.outbox;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;
import org.keycloak.provider.Provider;

/**
 * Writes entries in the current transaction, replaces and deletes them. {@link #entries()} reads them, {@link #transitions()}
 * changes their state.
 */
public final class Outbox implements Provider {

    private final EntityManager em;
    private final Drainers drainers;
    private final Rows rows;

    Outbox(EntityManager em, Drainers drainers) {
        this.em = em;
        this.drainers = drainers;
        this.rows = new Rows(em);
    }

    /** Writes an entry, which commits with the transaction or not at all, and is delivered right after the commit. */
    public void enqueue(NewEntry entry) {
        enqueue(entry, rows.lastPosition(entry.kind(), entry.ownerId()));
    }

    /**
     * Writes an entry without reading the owner's other entries.
     *
     * @param last the position of the owner's newest entry of this kind ({@code CONTAINER_ID}); empty if there is none
     */
    public void enqueue(NewEntry entry, Optional<String> last) {
        rows.persist(entry, last, OutboxEntryStatus.PENDING);
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
        List<OutboxEntryEntity> written = persistAll(kind, entries);
        em.flush();
        written.forEach(em::detach);
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
        Map<String, Rows.Newest> newest =
                rows.newest(kind, entries.stream().map(NewEntry::ownerId).toList());
        Map<String, OutboxEntryEntity> waiting = rows.lockWaiting(newest.values());
        List<OutboxEntryEntity> written = new ArrayList<>(waiting.values());
        for (NewEntry entry : entries) {
            Optional<OutboxEntryEntity> unleased = Optional.ofNullable(waiting.get(entry.ownerId()))
                    .filter(row -> !Metadata.of(row.getMetadata()).wasLeased());
            Optional<String> joined = unleased.flatMap(row -> join.apply(row.getEntryType(), entry.type()));
            if (joined.isPresent()) {
                unleased.get().setEntryType(joined.get());
            } else {
                // After the newest one of its owner in any state, whatever this node's clock shows.
                Optional<String> last =
                        Optional.ofNullable(newest.get(entry.ownerId())).map(Rows.Newest::position);
                written.add(rows.persist(entry, last, OutboxEntryStatus.PENDING));
            }
        }
        em.flush();
        written.forEach(em::detach);
        wakeAfterCommit(kind);
    }

    /** Locks an entry until the end of the transaction and returns its payload; empty if it was deleted. */
    public Optional<String> lockPayload(OutboxEntry entry) {
        return rows.lock(entry.kind(), entry.realmId(), entry.id()).map(OutboxEntryEntity::getPayload);
    }

    /** Replaces type and payload of an entry, which stay the same for all later attempts. */
    public void rewrite(OutboxEntry entry, String type, String payload) {
        rows.lock(entry.kind(), entry.realmId(), entry.id()).ifPresent(row -> {
            row.setEntryType(type);
            row.setPayload(payload);
        });
    }

    /** Deletes an entry that has nothing to report. */
    public void remove(OutboxEntry entry) {
        rows.lock(entry.kind(), entry.realmId(), entry.id()).ifPresent(em::remove);
    }

    /**
     * Writes an entry that is not delivered until it is released.
     *
     * @param why the reason, shown to staff
     * @param note for the handler; may be null
     */
    public void hold(NewEntry entry, DeliveryError why, String note) {
        OutboxEntryEntity row =
                rows.persist(entry, rows.lastPosition(entry.kind(), entry.ownerId()), OutboxEntryStatus.HELD);
        row.setLastError(why.encode());
        row.setMetadata(Metadata.of(null).noted(note).json());
    }

    /**
     * Writes an entry about work that has begun, which is not due before its lease ends. The work extends the lease while it is
     * going on. If its node dies, the entry becomes due and its handler decides.
     */
    public void begin(NewEntry entry, Duration lease) {
        rows.persist(entry, rows.lastPosition(entry.kind(), entry.ownerId()), OutboxEntryStatus.PENDING)
                .setNextAttemptAt(Rows.dueNow().plus(lease));
    }

    /** Reads entries. */
    public StoredEntries entries() {
        return new StoredEntries(em);
    }

    /** Changes the state of entries. */
    public Transitions transitions() {
        return new Transitions(em, this::wakeAfterCommit);
    }

    @Override
    public void close() {}

    /** Places each entry after the newest one of its owner in any state, whatever this node's clock shows. */
    private List<OutboxEntryEntity> persistAll(String kind, List<NewEntry> entries) {
        Map<String, String> last =
                rows.lastPositions(kind, entries.stream().map(NewEntry::ownerId).toList());
        return entries.stream()
                .map(entry ->
                        rows.persist(entry, Optional.ofNullable(last.get(entry.ownerId())), OutboxEntryStatus.PENDING))
                .toList();
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
