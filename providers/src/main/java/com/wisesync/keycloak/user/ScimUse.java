package com.wisesync.keycloak.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.wisesync.keycloak.LoginNameClaims;
import com.wisesync.keycloak.Refusal;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;
import org.keycloak.models.jpa.entities.OutboxEntryStatus;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.util.JsonSerialization;

/**
 * When the SCIM tokens of an account were last used, and which of its calls failed recently.
 *
 * <p>Both are rows of {@code OUTBOX_ENTRY} that no handler delivers, written in transactions of their own: an attribute of the
 * organization would invalidate caches on all nodes, and a failed call is rolled back.
 */
public final class ScimUse {

    private static final Logger LOG = Logger.getLogger(ScimUse.class);

    static final String KIND_USE = "wise-sync-scim-use";
    static final String KIND_ERROR = "wise-sync-scim-error";
    private static final Duration PRECISION = Duration.ofHours(1);
    private static final int MAX_ERRORS = 10;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;

    /** @param session with the realm in its context */
    public ScimUse(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * A failed call of a directory.
     *
     * @param call method and path below the account
     * @param reason in words, as message key and parameters
     * @param refused the user that the directory could not create because the username or email is taken
     */
    public record Failure(Instant at, int status, String call, Refusal.Reason reason, Optional<RefusedUser> refused) {}

    /**
     * A user that a directory could not create.
     *
     * @param username in the form in which usernames are stored
     * @param email likewise
     */
    public record RefusedUser(String username, String email, Optional<String> externalId) {

        public RefusedUser {
            username = LoginNameClaims.normalize(username);
            email = LoginNameClaims.normalize(email);
        }

        /** The names with which it may clash. */
        public List<String> names() {
            return List.of(username, email);
        }

        /**
         * Chooses the existing user that is meant: the one with the username, otherwise one with which username or email
         * clash. The latter requires an external id, because the directory does not find this user by username.
         */
        public Optional<AccountUser> choose(List<AccountUser> existing) {
            return existing.stream()
                    .filter(user -> hasUsername(user) || externalId.isPresent() && clashesWith(user))
                    .min(Comparator.comparing(user -> hasUsername(user) ? 0 : 1));
        }

        private boolean hasUsername(AccountUser user) {
            return LoginNameClaims.same(username, user.username());
        }

        private boolean clashesWith(AccountUser user) {
            return names().stream()
                    .anyMatch(name ->
                            LoginNameClaims.same(name, user.username()) || LoginNameClaims.same(name, user.email()));
        }
    }

    /** Records that a token is used, at most once an hour. */
    public void record(String accountId, String tokenId) {
        Optional<Instant> last = lastUse(accountId, tokenId);
        Instant now = Instant.now();
        if (last.filter(at -> at.isAfter(now.minus(PRECISION))).isPresent()) {
            return;
        }
        inOwnTransaction(own -> {
            int updated = own.createQuery("UPDATE OutboxEntryEntity e SET e.nextAttemptAt = :now"
                            + " WHERE e.entryKind = :kind AND e.ownerId = :account AND e.correlationId = :token")
                    .setParameter("now", now)
                    .setParameter("kind", KIND_USE)
                    .setParameter("account", accountId)
                    .setParameter("token", tokenId)
                    .executeUpdate();
            if (updated == 0) {
                own.persist(row(KIND_USE, accountId, tokenId, "{}"));
            }
        });
    }

    /** The last use of each token that was ever used, by id; up to an hour old. */
    public Map<String, Instant> lastUses(String accountId) {
        return em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId = :account",
                        OutboxEntryEntity.class)
                .setParameter("kind", KIND_USE)
                .setParameter("account", accountId)
                .getResultStream()
                .collect(Collectors.toMap(
                        OutboxEntryEntity::getCorrelationId,
                        row -> row.getNextAttemptAt().truncatedTo(ChronoUnit.SECONDS)));
    }

    /** Records a call that failed; only the newest ten are kept, and of equal ones the newest. */
    public void failed(
            String accountId, int status, String call, Refusal.Reason reason, Optional<RefusedUser> refused) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("status", status);
        payload.put("call", call);
        payload.put("field", reason.field());
        payload.put("key", reason.key());
        payload.put("params", reason.params().stream().map(String::valueOf).toList());
        refused.ifPresent(user -> {
            payload.put("username", user.username());
            payload.put("email", user.email());
            user.externalId().ifPresent(id -> payload.put("externalId", id));
        });
        String json;
        try {
            json = JsonSerialization.writeValueAsString(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inOwnTransaction(own -> {
            errors(own, accountId).stream()
                    .filter(row -> row.getPayload().equals(json))
                    .forEach(own::remove);
            own.persist(row(KIND_ERROR, accountId, KeycloakModelUtils.generateId(), json));
            errors(own, accountId).stream().skip(MAX_ERRORS).forEach(own::remove);
        });
    }

    /** The newest failed calls, newest first. */
    public List<Failure> failures(String accountId) {
        return errors(em, accountId).stream()
                .limit(MAX_ERRORS)
                .map(ScimUse::failure)
                .toList();
    }

    /** Removes what is known about a token. */
    void forget(String accountId, String tokenId) {
        em.createQuery("DELETE FROM OutboxEntryEntity e"
                        + " WHERE e.entryKind = :kind AND e.ownerId = :account AND e.correlationId = :token")
                .setParameter("kind", KIND_USE)
                .setParameter("account", accountId)
                .setParameter("token", tokenId)
                .executeUpdate();
    }

    private Optional<Instant> lastUse(String accountId, String tokenId) {
        return em.createQuery(
                        "SELECT e.nextAttemptAt FROM OutboxEntryEntity e"
                                + " WHERE e.entryKind = :kind AND e.ownerId = :account AND e.correlationId = :token",
                        Instant.class)
                .setParameter("kind", KIND_USE)
                .setParameter("account", accountId)
                .setParameter("token", tokenId)
                .getResultStream()
                .findFirst();
    }

    private static List<OutboxEntryEntity> errors(EntityManager em, String accountId) {
        return em.createQuery(
                        "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId = :account"
                                + " ORDER BY e.createdAt DESC, e.id",
                        OutboxEntryEntity.class)
                .setParameter("kind", KIND_ERROR)
                .setParameter("account", accountId)
                .setMaxResults(10 * MAX_ERRORS)
                .getResultList();
    }

    private static Failure failure(OutboxEntryEntity row) {
        try {
            JsonNode json = JsonSerialization.mapper.readTree(row.getPayload());
            List<Object> params = JsonSerialization.mapper.convertValue(json.path("params"), new TypeReference<>() {});
            return new Failure(
                    row.getCreatedAt().truncatedTo(ChronoUnit.SECONDS),
                    json.path("status").asInt(),
                    json.path("call").asText(),
                    new Refusal.Reason(
                            text(json, "field").orElse(null), json.path("key").asText(), params),
                    text(json, "username")
                            .map(name ->
                                    new RefusedUser(name, text(json, "email").orElse(name), text(json, "externalId"))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.ofNullable(json.path(field).textValue());
    }

    private OutboxEntryEntity row(String kind, String accountId, String correlation, String payload) {
        Instant now = Instant.now();
        OutboxEntryEntity row = new OutboxEntryEntity();
        row.setId(KeycloakModelUtils.generateId());
        row.setEntryKind(kind);
        row.setRealmId(realm.getId());
        row.setOwnerId(accountId);
        row.setCorrelationId(correlation);
        row.setEntryType(kind);
        row.setPayload(payload);
        row.setStatus(OutboxEntryStatus.HELD);
        row.setCreatedAt(now);
        row.setNextAttemptAt(now);
        return row;
    }

    /** Loses nothing if it fails: another node has just written the same, or the next call writes it. */
    private void inOwnTransaction(Consumer<EntityManager> work) {
        try {
            KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(),
                    own -> work.accept(
                            own.getProvider(JpaConnectionProvider.class).getEntityManager()));
        } catch (ModelException | PersistenceException e) {
            LOG.debugf("The use of SCIM in realm '%s' was not recorded: %s", realm.getName(), e.getMessage());
        }
    }
}
