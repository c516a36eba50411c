package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.OutboxFactory;
import com.wisesync.keycloak.outbox.TransactionChanges;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Collects which users and accounts a transaction changes, and writes it to the outbox before the transaction commits, one entry
 * for each user and client. If the outbox can't be written, the transaction is rolled back.
 */
public final class LifecycleDetection {

    private static final Logger LOG = Logger.getLogger(LifecycleDetection.class);

    private final TransactionChanges<LifecycleChanges> transactions =
            new TransactionChanges<>(LifecycleChanges::new, this::write);
    private final OutboxFactory outbox;
    private volatile boolean started;

    /** @param outbox where the entries are written */
    public LifecycleDetection(OutboxFactory outbox) {
        this.outbox = outbox;
    }

    /**
     * The server has started. Before that, realms are imported, and all of their users are sent afterwards: entries about roles
     * and memberships would only report users as changed before they were reported as created.
     */
    public void start() {
        started = true;
    }

    /**
     * A user was created.
     *
     * @param transaction Hibernate's session in which it happened
     */
    public void userCreated(SharedSessionContractImplementor transaction, String realmId, String userId) {
        transactions.of(transaction).user(realmId, userId, EventType.CREATED);
    }

    /** Something that events contain was changed, such as a name. */
    public void userUpdated(SharedSessionContractImplementor transaction, String realmId, String userId) {
        transactions.of(transaction).user(realmId, userId, EventType.UPDATED);
    }

    /** A user was enabled or disabled. */
    public void userEnabled(
            SharedSessionContractImplementor transaction, String realmId, String userId, boolean enabled) {
        transactions.of(transaction).user(realmId, userId, enabled ? EventType.ENABLED : EventType.DISABLED);
    }

    /**
     * Something was changed on which access or companies depend.
     *
     * @param realmId null if it is the realm of the session
     */
    public void userAccess(SharedSessionContractImplementor transaction, String realmId, String userId) {
        transactions.of(transaction).user(realmId, userId, EventType.CHECK);
    }

    /** The same, in the realm of the session. */
    public void userAccess(KeycloakSession session, UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        if (started && realm != null && OptIn.isActive(realm)) {
            transactions.of(session).user(realm.getId(), user.getId(), EventType.CHECK);
        }
    }

    /** Roles or groups were changed on which the access of any user of the session's realm may depend. */
    public void accessOfAll(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        if (started && realm != null && OptIn.isActive(realm)) {
            transactions.of(session).allUsers(realm.getId());
        }
    }

    /** A user received a role. A new user with one of the four is reported only to applications that it may enter. */
    public void roleGranted(KeycloakSession session, RoleModel role, UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        boolean oneOfFour = !role.isClientRole() && Role.named(role.getName()).isPresent();
        if (oneOfFour && realm != null && OptIn.isActive(realm)) {
            transactions.of(session).role(user.getId(), role.getId());
        }
    }

    /** The user belongs to a service account. */
    public void serviceAccount(SharedSessionContractImplementor transaction, String userId) {
        transactions.of(transaction).ignore(userId);
    }

    /** An account was renamed, enabled or disabled. */
    public void account(SharedSessionContractImplementor transaction, String realmId, String accountId) {
        transactions.of(transaction).account(realmId, accountId);
    }

    /**
     * A company was connected, renamed or disconnected.
     *
     * @param groupId the group in which Keycloak stores the attributes of the account
     * @param before the name before; null if it is new
     * @param after the name after; null if it was removed
     */
    public void company(
            SharedSessionContractImplementor transaction,
            String groupId,
            String companyId,
            String before,
            String after) {
        transactions.of(transaction).company(groupId, companyId, before, after);
    }

    /** A user is about to be deleted; role and membership can still be read. */
    public void deleted(KeycloakSession session, RealmModel realm, UserModel user) {
        if (!OptIn.isActive(realm) || user.getServiceAccountClientLink() != null) {
            return;
        }
        List<String> clients = LifecycleClient.idsOf(entities(session), realm.getId());
        if (!clients.isEmpty()) {
            List<NewEntry> entries = new UserReader(session).deletions(user, clients);
            transactions.of(session).deletion(user.getId(), entries);
        }
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private void write(LifecycleChanges changes, EntityManager em) {
        try {
            new LifecycleWriter(em, outbox.create(em)).write(changes);
        } catch (RuntimeException e) {
            LOG.error("The transaction is rolled back: its lifecycle events can't be written to the outbox", e);
            throw e;
        }
    }
}
