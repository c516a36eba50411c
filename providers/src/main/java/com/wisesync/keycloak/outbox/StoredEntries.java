package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.outbox.StoredEntry.State;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;

/** Reads entries: of an owner, of a state, or by id. */
public final class StoredEntries {

    /** The highest count, and how far a list can be paged. */
    public static final int MAX_COUNT = 10_000;

    static final String ANY_OWNER = "";
    private static final Pattern OWNER_PREFIX = Pattern.compile("[0-9a-zA-Z-]*");

    private final EntityManager em;
    private final Rows rows;

    StoredEntries(EntityManager em) {
        this.em = em;
        this.rows = new Rows(em);
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
        return rows.find(kind, realmId, id).map(StoredEntry::of);
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

    /** A condition on the row {@code e}. Owners are hashes or ids: the prefix contains nothing that has a meaning in HQL. */
    static String ofOwners(String prefix) {
        if (!OWNER_PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("Not the beginning of an owner's id");
        }
        return prefix.isEmpty() ? "" : " AND e.ownerId LIKE '" + prefix + "%'";
    }
}
