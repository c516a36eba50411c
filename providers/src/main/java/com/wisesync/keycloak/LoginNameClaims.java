package com.wisesync.keycloak;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Keeps login names unique: a username is not another user's username or email, and the reverse.
 *
 * <p>Keycloak has a unique constraint for usernames and one for emails, but none between the two, and concurrent requests
 * that only query first do not see each other. A name is therefore claimed first: a row with the name is inserted under a
 * unique constraint of {@code OUTBOX_ENTRY} and removed again in the same transaction. A second writer of the same name waits,
 * on any node, until the first transaction ends, and then sees what it committed. Other names do not wait, and nothing is
 * left behind, not even by a killed server. (A lock on the realm's row would block every create in the realm for as long as
 * an import takes; a single-use object in the cache is lost with its node, or expires during a long import.)
 */
public final class LoginNameClaims {

    private static final String KIND = "wise-sync-name";
    private static final int CHUNK = 500;

    private static final String OWNED = "SELECT u.id AS id, u.username AS username, u.email AS email FROM UserEntity u"
            + " WHERE u.realmId = :realm AND (u.username IN (%1$s) OR u.email IN (%1$s))";

    private final EntityManager em;
    private final RealmModel realm;

    /**
     * Creates the claims of one transaction.
     *
     * @param session with the realm in its context
     */
    public LoginNameClaims(KeycloakSession session) {
        this.realm = session.getContext().getRealm();
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The form in which a name is stored and compared. */
    public static String normalize(String name) {
        return EmailAddress.normalize(name);
    }

    /** Whether two names are the same login name. */
    public static boolean same(String name, String other) {
        return other != null && normalize(name).equals(normalize(other));
    }

    /**
     * Claims names until the end of the transaction. Call it once in a transaction and before {@link #owners}: claiming one
     * name after the other could deadlock.
     *
     * @throws Refusal if another transaction holds one of them for too long
     */
    public void claim(Collection<String> names) {
        List<OutboxEntryEntity> claims = new ArrayList<>();
        // Sorted, so that two transactions cannot wait for each other.
        new TreeSet<>(names.stream().map(LoginNameClaims::normalize).toList()).forEach(name -> claims.add(claim(name)));
        try {
            claims.forEach(em::persist);
            em.flush();
            claims.forEach(em::remove);
            em.flush();
        } catch (PersistenceException | ModelException e) {
            // A lock timeout, or a deadlock with another statement.
            throw Refusal.of(Refusal.Kind.CONFLICT, "wiseSyncBusy");
        }
    }

    /**
     * The owners of names.
     *
     * @return the ids of the users who have one of these names as username or email, by normalized name
     */
    public Map<String, String> owners(Collection<String> names) {
        List<String> asked = names.stream()
                .flatMap(name -> Stream.of(normalize(name), EmailAddress.withAsciiDomain(name)))
                .distinct()
                .toList();
        Map<String, String> owners = new HashMap<>();
        for (int from = 0; from < asked.size(); from += CHUNK) {
            List<String> chunk = asked.subList(from, Math.min(from + CHUNK, asked.size()));
            owned(em.createQuery(OWNED.formatted(":names"), Tuple.class).setParameter("names", chunk), owners);
        }
        owners.keySet().retainAll(asked);
        return owners;
    }

    /**
     * Claims the username and email of one user.
     *
     * @param ownId id of the user; null for a new one
     * @throws Refusal if one of them is another user's username or email
     */
    public void claimOrRefuse(String username, String email, String ownId) {
        claim(List.of(username, email));
        Map<String, String> owners = new HashMap<>();
        // Parameters instead of a list: Hibernate translates a query with a list to SQL at every call.
        owned(
                em.createQuery(OWNED.formatted(":username, :email, :asciiUsername, :asciiEmail"), Tuple.class)
                        .setParameter("username", normalize(username))
                        .setParameter("email", normalize(email))
                        .setParameter("asciiUsername", EmailAddress.withAsciiDomain(username))
                        .setParameter("asciiEmail", EmailAddress.withAsciiDomain(email)),
                owners);
        refuseOthers("email", owners.get(normalize(email)), ownId);
        refuseOthers("username", owners.get(normalize(username)), ownId);
    }

    private void owned(TypedQuery<Tuple> query, Map<String, String> owners) {
        query.setParameter("realm", realm.getId()).getResultStream().forEach(row -> {
            owners.put(normalize(row.get("username", String.class)), row.get("id", String.class));
            if (row.get("email") != null) {
                owners.put(normalize(row.get("email", String.class)), row.get("id", String.class));
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
