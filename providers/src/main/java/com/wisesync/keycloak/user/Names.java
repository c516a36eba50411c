package com.wisesync.keycloak.user;

import com.wisesync.keycloak.Refusal;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The names that people log in with, usernames and e-mail addresses alike: each is one person's.
 *
 * <p>Two unique constraints of Keycloak's keep usernames apart, and e-mail addresses; none keeps a username from being
 * somebody else's address. Looking first is not enough either, when two look at once. So whoever is about to give a name away
 * claims it: a row with the name under a unique constraint of {@code OUTBOX_ENTRY}, written and removed again in the
 * transaction. A second writer of the same row waits for the first transaction to end, on any node, and then sees what it
 * has committed. Other names, and everything else in the realm, wait for nothing; and nothing is left behind, not even by a
 * server that dies. (A lock on the realm's row would have held up every create in the realm for as long as an import takes; a
 * single-use object in the cache is lost with its node, or expires under a long import.)
 */
final class Names {

    private static final String KIND = "wise-sync-name";
    private static final int CHUNK = 500;

    /** To be told the names. */
    private static final String OWNED = "SELECT u.id AS id, u.username AS username, u.email AS email FROM UserEntity u"
            + " WHERE u.realmId = :realm AND (u.username IN (%1$s) OR u.email IN (%1$s))";

    private final EntityManager em;
    private final RealmModel realm;

    Names(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /** As Keycloak stores and compares them. */
    static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** To be called once in a transaction, before looking who has them: one after the other would be a deadlock. */
    void claim(Collection<String> names) {
        List<OutboxEntryEntity> claims = new ArrayList<>();
        // In the same order by everybody.
        new TreeSet<>(names.stream().map(Names::normal).toList()).forEach(name -> claims.add(claim(name)));
        try {
            claims.forEach(em::persist);
            em.flush();
            claims.forEach(em::remove);
            em.flush();
        } catch (PersistenceException | ModelException e) {
            // Waited too long, or the database found a deadlock with something else.
            throw Refusal.of(Refusal.Kind.CONFLICT, "wiseSyncBusy");
        }
    }

    /** Which of these names are somebody's, and whose, by user id. */
    Map<String, String> owners(Collection<String> names) {
        List<String> asked = names.stream().map(Names::normal).distinct().toList();
        Map<String, String> owners = new HashMap<>();
        for (int from = 0; from < asked.size(); from += CHUNK) {
            List<String> chunk = asked.subList(from, Math.min(from + CHUNK, asked.size()));
            owned(em.createQuery(OWNED.formatted(":names"), Tuple.class).setParameter("names", chunk), owners);
        }
        owners.keySet().retainAll(asked);
        return owners;
    }

    /**
     * Claims both, and refuses what is somebody else's.
     *
     * @param ownId of whom they are to be; null for somebody new
     */
    void take(String username, String email, String ownId) {
        claim(List.of(username, email));
        Map<String, String> owners = new HashMap<>();
        // Two parameters and no list, with which Hibernate would translate the query anew each time.
        owned(
                em.createQuery(OWNED.formatted(":username, :email"), Tuple.class)
                        .setParameter("username", normal(username))
                        .setParameter("email", normal(email)),
                owners);
        refuseOthers("email", owners.get(normal(email)), ownId);
        refuseOthers("username", owners.get(normal(username)), ownId);
    }

    private void owned(TypedQuery<Tuple> query, Map<String, String> owners) {
        query.setParameter("realm", realm.getId()).getResultStream().forEach(row -> {
            owners.put(row.get("username", String.class), row.get("id", String.class));
            if (row.get("email") != null) {
                owners.put(row.get("email", String.class), row.get("id", String.class));
            }
        });
    }

    private static void refuseOthers(String field, String owner, String ownId) {
        if (owner != null && !owner.equals(ownId)) {
            throw Refusal.conflict(field, "wiseSyncAddressTaken");
        }
    }

    private OutboxEntryEntity claim(String name) {
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setId(KeycloakModelUtils.generateId());
        row.setEntryKind(KIND);
        row.setRealmId(realm.getId());
        row.setOwnerId(realm.getId());
        row.setCorrelationId(name);
        row.setEntryType(KIND);
        row.setPayload("{}");
        row.setStatus(OutboxEntryStatus.HELD);
        row.setCreatedAt(Instant.now());
        row.setNextAttemptAt(Instant.now());
        return row;
    }
}
