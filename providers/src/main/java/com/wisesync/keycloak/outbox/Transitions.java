package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.outbox.StoredEntry.State;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;

/** Changes the state of entries in the current transaction, under the lock of their rows. */
public final class Transitions {

    private static final int RETRY_BATCH = 500;

    private final EntityManager em;
    private final Rows rows;
    private final Consumer<String> wakeAfterCommit;

    Transitions(EntityManager em, Consumer<String> wakeAfterCommit) {
        this.em = em;
        this.rows = new Rows(em);
        this.wakeAfterCommit = wakeAfterCommit;
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

    /**
     * Extends the lease of work that is going on.
     *
     * @param note for readers, for example the progress
     */
    public Transition extend(String kind, String realmId, String id, Duration lease, String note) {
        return transition(kind, realmId, id, List.of(State.WAITING), row -> {
            row.setNextAttemptAt(Rows.dueNow().plus(lease));
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
                row.setDeliveredAt(Rows.dueNow());
                row.setNextAttemptAt(Rows.dueNow());
            } else {
                dismiss(row, null);
            }
        });
    }

    /** Delivers a failed entry again, with the full time to give up. */
    public Transition retry(String kind, String realmId, String id) {
        return change(kind, realmId, id, List.of(State.FAILED), row -> sendNow(row));
    }

    /** Delivers a held entry. Its handler does not hold it again until it is delivered or fails. */
    public Transition release(String kind, String realmId, String id) {
        return change(kind, realmId, id, List.of(State.HELD), row -> {
            sendNow(row);
            row.setMetadata(Metadata.of(row.getMetadata()).released().json());
        });
    }

    /** Replaces the handler's note of a held entry. */
    public Transition note(String kind, String realmId, String id, String note) {
        return transition(
                kind,
                realmId,
                id,
                List.of(State.HELD),
                row -> row.setMetadata(
                        Metadata.of(row.getMetadata()).noted(note).json()));
    }

    /** Drops a held or failed entry for good. */
    public Transition dismiss(String kind, String realmId, String id) {
        return change(kind, realmId, id, List.of(State.HELD, State.FAILED), row -> dismiss(row, row.getLastError()));
    }

    /**
     * The same, with a reason that replaces the error of the entry.
     *
     * @param why the reason, shown to staff
     */
    public Transition dismiss(String kind, String realmId, String id, DeliveryError why) {
        return change(kind, realmId, id, List.of(State.HELD, State.FAILED), row -> dismiss(row, why.encode()));
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
            row.setNextAttemptAt(Rows.dueNow());
            row.setLastError(why.encode());
        });
    }

    /**
     * Delivers all failed entries of a realm again, each with the full time to give up. Entries that no longer apply are
     * dismissed when they are sent.
     *
     * @return how many
     */
    public int retryAll(String kind, String realmId) {
        return retryAll(kind, realmId, StoredEntries.ANY_OWNER);
    }

    /**
     * The same, of the owners whose ids begin with a prefix.
     *
     * @param owners a prefix without wildcards
     */
    public int retryAll(String kind, String realmId, String owners) {
        int retried = 0;
        List<String> batch;
        do {
            batch = em.createQuery(
                            "SELECT e.id FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.realmId = :realm"
                                    + " AND e.status = :status" + State.FAILED.condition()
                                    + StoredEntries.ofOwners(owners),
                            String.class)
                    .setParameter("kind", kind)
                    .setParameter("realm", realmId)
                    .setParameter("status", OutboxEntryStatus.DEAD_LETTER)
                    .setMaxResults(RETRY_BATCH)
                    .getResultList();
            if (!batch.isEmpty()) {
                // Given up: its metadata has no first attempt any more. Those dismissed meanwhile have the same status.
                retried += em.createQuery("UPDATE OutboxEntryEntity e SET e.status = :waiting, e.nextAttemptAt = :now"
                                + " WHERE e.id IN :ids AND e.status = :failed" + State.FAILED.condition())
                        .setParameter("waiting", OutboxEntryStatus.PENDING)
                        .setParameter("failed", OutboxEntryStatus.DEAD_LETTER)
                        .setParameter("now", Rows.dueNow())
                        .setParameter("ids", batch)
                        .executeUpdate();
            }
        } while (batch.size() == RETRY_BATCH);
        wakeAfterCommit.accept(kind);
        return retried;
    }

    /** Drops a row for good. */
    static void dismiss(OutboxEntryEntity row, String reason) {
        row.setEntryType(State.dismissedType(State.originalType(row.getEntryType())));
        row.setStatus(OutboxEntryStatus.DEAD_LETTER);
        row.setNextAttemptAt(Rows.dueNow());
        row.setLastError(reason);
    }

    private static void sendNow(OutboxEntryEntity row) {
        row.setStatus(OutboxEntryStatus.PENDING);
        row.setNextAttemptAt(Rows.dueNow());
        row.setMetadata(Metadata.of(row.getMetadata()).withoutFirstAttempt().json());
    }

    private Transition change(
            String kind, String realmId, String id, List<State> from, Consumer<OutboxEntryEntity> change) {
        Transition transition = transition(kind, realmId, id, from, change);
        if (transition == Transition.DONE) {
            wakeAfterCommit.accept(kind);
        }
        return transition;
    }

    private Transition transition(
            String kind, String realmId, String id, List<State> from, Consumer<OutboxEntryEntity> change) {
        Optional<OutboxEntryEntity> found = rows.lock(kind, realmId, id);
        if (found.isEmpty()) {
            return Transition.NOT_FOUND;
        }
        if (!from.contains(State.of(found.get()))) {
            return Transition.WRONG_STATE;
        }
        change.accept(found.get());
        return Transition.DONE;
    }
}
