package com.wisesync.keycloak.mail;

import com.wisesync.keycloak.LastLogin;
import com.wisesync.keycloak.ValueList;
import com.wisesync.keycloak.mail.Invitation.State;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.OutboxEntryEntity;

/** Reads the state of invitations from the outbox. */
public final class Invitations {

    /** The outbox owner of a user's invitations is this and the user's id. */
    public static final String QUEUE = "invitation:";

    /** What the API documents. */
    private static final List<String> REASONS =
            List.of(SmtpFailure.REJECTED, SmtpFailure.UNAVAILABLE, EmailHandler.NO_ADDRESS, EmailHandler.DISABLED);

    private final EntityManager em;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    public Invitations(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /**
     * Whether the user can log in without an invitation: the user has a password, or has logged in without one at an identity
     * provider. The lists of users read the same from the database.
     */
    public static boolean hasUsedAccount(UserModel user) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                || LastLogin.of(user).isPresent();
    }

    /**
     * The newest invitation of each of these users who was ever invited; one query.
     *
     * @param notBefore the users' ids, with their "not before" in seconds since the epoch
     */
    public Map<String, Invitation> newestOf(Map<String, Integer> notBefore) {
        Map<String, String> users =
                notBefore.keySet().stream().collect(Collectors.toMap(EmailQueue::ofInvitations, Function.identity()));
        Map<String, Invitation> newest = new HashMap<>();
        List<String> owners = List.copyOf(users.keySet());
        TypedQuery<OutboxEntryEntity> rows = em.createQuery(
                "SELECT e FROM OutboxEntryEntity e WHERE e.entryKind = :kind AND e.ownerId IN "
                        + ValueList.parameters("owner", owners.size())
                        + " AND e.realmId = :realm ORDER BY e.containerId",
                OutboxEntryEntity.class);
        ValueList.bind(rows, "owner", owners);
        rows.setParameter("kind", Emails.KIND)
                .setParameter("realm", realm.getId())
                .getResultStream()
                .forEach(row -> {
                    String user = users.get(row.getOwnerId());
                    newest.put(user, invitation(row, notBefore.get(user)));
                });
        return newest;
    }

    private Invitation invitation(OutboxEntryEntity row, int notBefore) {
        if (Emails.REVOCATION.equals(row.getEntryType())) {
            return new Invitation(State.REVOKED, null, null, null);
        }
        return switch (row.getStatus()) {
            case PENDING, HELD -> Invitation.waiting();
            case DELIVERED -> mailed(row.getDeliveredAt(), notBefore);
            case DEAD_LETTER -> new Invitation(State.FAILED, null, null, reason(row.getLastError()));
        };
    }

    /** Null for errors of the outbox itself, which are stored in another form. */
    private static String reason(String error) {
        return REASONS.stream()
                .filter(reason -> reason.equals(error))
                .findFirst()
                .orElse(null);
    }

    /** The link ends early with a later "not before", which a disable sets to the next second. */
    private Invitation mailed(Instant sentAt, int notBefore) {
        Instant ended = Instant.ofEpochSecond(notBefore - 1L);
        Instant expiresAt = ended.getEpochSecond() > sentAt.getEpochSecond()
                ? ended
                : sentAt.plus(LinkLifetimes.ofInvitation(realm));
        return new Invitation(expiresAt.isAfter(Instant.now()) ? State.MAILED : State.EXPIRED, sentAt, expiresAt, null);
    }
}
