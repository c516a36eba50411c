package com.wisesync.keycloak.sessions;

import com.wisesync.keycloak.outbox.ActiveRealm;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.OutboxFactory;
import com.wisesync.keycloak.outbox.TransactionChanges;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Ends sessions when a user or account is disabled or a password is changed, on any path: collects the changes of a transaction,
 * and before its commit writes one outbox row for each user or account and sets the user's {@code notBefore}. If that fails, the
 * transaction is rolled back. Reads entities only.
 */
public final class SessionDetection {

    private final TransactionChanges<SessionChanges> transactions =
            new TransactionChanges<>(SessionChanges::new, this::write);
    private final OutboxFactory outbox;

    /** @param outbox where the rows are written */
    public SessionDetection(OutboxFactory outbox) {
        this.outbox = outbox;
    }

    /** A user was created in this transaction. */
    public void userCreated(SharedSessionContractImplementor transaction, String userId) {
        changes(transaction).created().add(userId);
    }

    /**
     * A user was enabled or disabled in this transaction. Both end sessions: a login that was under way when the user was disabled
     * may have committed its session after the others were ended, and must not be usable later.
     */
    public void userEnabled(SharedSessionContractImplementor transaction, String userId, boolean enabled) {
        changes(transaction).users().merge(userId, enabled, Boolean::logicalAnd);
    }

    /** The same for an account. */
    public void accountEnabled(SharedSessionContractImplementor transaction, String accountId, boolean enabled) {
        changes(transaction).accounts().merge(accountId, enabled, Boolean::logicalAnd);
    }

    /** A password was replaced in this transaction. */
    public void passwordChanged(SharedSessionContractImplementor transaction, String userId) {
        changes(transaction).passwords().put(userId, true);
    }

    /** A user without a password got one in this transaction. */
    public void passwordCreated(SharedSessionContractImplementor transaction, String userId) {
        changes(transaction).passwords().putIfAbsent(userId, false);
    }

    /** Whether the session's transaction has created the user, as of its last flush: such a user has no sessions. */
    public boolean isNew(KeycloakSession session, String userId) {
        return transactions.of(session).created().contains(userId);
    }

    /** Whether the session's transaction has set the user's password, as of its last flush. */
    public boolean hasNewPassword(KeycloakSession session, String userId) {
        return transactions.of(session).passwords().containsKey(userId);
    }

    /**
     * The user changes their own password: their session {@code keep} continues.
     *
     * @param keep the id of the user session; may be null
     */
    public void ownPasswordChanged(KeycloakSession session, String userId, String keep) {
        if (keep != null) {
            transactions.of(session).kept().put(userId, keep);
        }
    }

    /** A company was taken from a user in this transaction. */
    public void companyRemoved(SharedSessionContractImplementor transaction, String userId) {
        changes(transaction).unassigned().add(userId);
    }

    private SessionChanges changes(SharedSessionContractImplementor transaction) {
        return transactions.of(transaction);
    }

    private void write(SessionChanges changes, EntityManager em) {
        int cutoff = Math.toIntExact(Time.currentTimeSeconds());
        // Keycloak creates users disabled and enables them with an update.
        changes.users().keySet().removeAll(changes.created());
        changes.passwords().keySet().removeAll(changes.created());
        if (changes.isEmpty()) {
            return;
        }
        changes.users().forEach((userId, enabled) -> endAll(em, userId, cutoff, enabled));
        changes.passwords().forEach((userId, replaced) -> {
            if (!changes.users().containsKey(userId)) {
                endAfterPasswordChange(em, userId, replaced, changes.kept().get(userId), cutoff);
            }
        });
        changes.unassigned().stream()
                .filter(userId -> !changes.users().containsKey(userId) && !Sessions.isChecked(userId))
                .forEach(userId -> check(em, userId));
        changes.accounts().forEach((accountId, enabled) -> {
            OrganizationEntity account = em.find(OrganizationEntity.class, accountId);
            if (account != null && ActiveRealm.test(em, account.getRealmId())) {
                // Members of an account that is enabled again may log in within this very second.
                enqueue(em, SessionEntry.endMembers(account.getRealmId(), accountId, enabled ? cutoff - 1 : cutoff));
            }
        });
        em.flush();
    }

    private void check(EntityManager em, String userId) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user != null && ActiveRealm.test(em, user.getRealmId())) {
            enqueue(em, SessionEntry.check(user.getRealmId(), userId));
        }
    }

    private void endAll(EntityManager em, String userId, int now, boolean enabled) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user != null && ActiveRealm.test(em, user.getRealmId())) {
            // A user who is enabled again may log in within this very second, unless sessions were ended a moment ago:
            // a login
            // that was under way then may have started its session in this second.
            int cutoff = enabled && user.getNotBefore() < now ? now - 1 : now;
            int notBefore = Math.max(user.getNotBefore(), Sessions.notBefore(cutoff));
            user.setNotBefore(notBefore);
            enqueue(em, SessionEntry.end(user.getRealmId(), userId, notBefore - 1));
        }
    }

    private void endAfterPasswordChange(EntityManager em, String userId, boolean replaced, String keep, int cutoff) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user == null || !ActiveRealm.test(em, user.getRealmId())) {
            return;
        }
        if (keep != null) {
            enqueue(em, SessionEntry.endOthers(user.getRealmId(), userId, cutoff, keep));
        } else if (replaced) {
            endAll(em, userId, cutoff, false);
        } else {
            // Users may log in with their first password within this very second.
            enqueue(em, SessionEntry.end(user.getRealmId(), userId, cutoff - 1));
        }
    }

    private void enqueue(EntityManager em, NewEntry entry) {
        outbox.create(em).enqueue(entry, Optional.empty());
    }
}
