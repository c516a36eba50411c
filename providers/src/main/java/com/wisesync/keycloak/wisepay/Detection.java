package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.outbox.OutboxFactory;
import com.wisesync.keycloak.outbox.TransactionChanges;
import com.wisesync.keycloak.wisepay.Deactivation.AccountSnapshot;
import jakarta.persistence.EntityManager;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Collects what a transaction changes about who may log in ({@link DetectedChanges}) and writes it to the outbox before the
 * transaction commits. If the outbox can't be written, the transaction is rolled back.
 */
public final class Detection {

    private static final Logger LOG = Logger.getLogger(Detection.class);

    private final TransactionChanges<DetectedChanges> transactions =
            new TransactionChanges<>(DetectedChanges::new, this::write);
    private final OutboxFactory outbox;

    /** @param outbox where the entries are written */
    public Detection(OutboxFactory outbox) {
        this.outbox = outbox;
    }

    /**
     * A user's {@code enabled} was changed.
     *
     * @param transaction Hibernate's session in which it was changed
     */
    public void userEnabled(SharedSessionContractImplementor transaction, String userId, boolean enabled) {
        changes(transaction).userEnabled(userId, enabled);
    }

    /**
     * An organization's {@code enabled} was changed.
     *
     * @param transaction Hibernate's session in which it was changed
     */
    public void accountEnabled(SharedSessionContractImplementor transaction, String accountId, boolean enabled) {
        changes(transaction).accountEnabled(accountId, enabled);
    }

    /** A user is about to be deleted; memberships can still be read. */
    public void deleted(KeycloakSession session, RealmModel realm, UserModel user) {
        if (isObserved(realm, user)) {
            AccountSnapshot account = new Memberships(entities(session)).accountOf(user.getId());
            changes(session).deleted(new DetectedChanges.Deleted(realm.getId(), toUser(user), account));
        }
    }

    /**
     * A user was deleted. Only used when {@link #deleted} was not called before: Keycloak removes a federated user that its
     * directory no longer knows without the earlier event (UserStorageManager:280 of 26.7.4); the account is then unknown.
     */
    public void deletedWithoutAnnouncement(KeycloakSession session, RealmModel realm, UserModel user) {
        if (isObserved(realm, user)) {
            changes(session).deletedIfAbsent(new DetectedChanges.Deleted(realm.getId(), toUser(user), null));
        }
    }

    /** A user leaves an account. */
    public void left(KeycloakSession session, OrganizationModel organization, UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        if (OptIn.isActive(realm)) {
            AccountSnapshot account = new AccountSnapshot(organization.getId(), organization.getName());
            changes(session).left(user.getId(), new DetectedChanges.Left(realm.getId(), account));
        }
    }

    /** The user is being disabled by failed logins, which is not reported: anyone can cause it. */
    public void lockedOut(KeycloakSession session, String userId) {
        changes(session).lockedOut(userId);
    }

    /** The change is made by the user themselves. */
    public void selfService(KeycloakSession session) {
        changes(session).reason(DeactivationReason.SELF);
    }

    private static boolean isObserved(RealmModel realm, UserModel user) {
        return OptIn.isActive(realm) && user.getServiceAccountClientLink() == null;
    }

    private static Deactivation.UserSnapshot toUser(UserModel user) {
        return new Deactivation.UserSnapshot(user.getId(), user.getUsername(), user.getEmail());
    }

    DetectedChanges changes(KeycloakSession session) {
        return transactions.of(session);
    }

    DetectedChanges changes(SharedSessionContractImplementor transaction) {
        return transactions.of(transaction);
    }

    static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private void write(DetectedChanges changes, EntityManager em) {
        try {
            DeactivationReason reason =
                    changes.reason().orElseGet(() -> DeactivationReason.of(KeycloakSessionUtil.getKeycloakSession()));
            new DeactivationWriter(em, outbox.create(em), reason).write(changes);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "The transaction is rolled back: it disables users, and their deactivations can't be written to the outbox");
            throw e;
        }
    }
}
