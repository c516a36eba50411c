package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.account.Accounts;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.OutboxEntry;
import com.wisesync.keycloak.role.Role;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.cache.CacheRealmProvider;

/**
 * Writes an entry about each user of an account, or of all accounts: the next page, and an entry for the rest if there may be
 * more. After a crash it continues with the page that was not committed.
 */
final class PagesHandler implements EntryHandler {

    private static final int PAGE = 200;

    /**
     * A condition on the membership {@code m}: the user has a company assigned, or has all as an account-admin. COALESCE keeps
     * databases from using the index on name and value, with which they read the attributes of all users for each user.
     */
    private static final String WITH_COMPANY =
            " AND (EXISTS (SELECT 1 FROM UserAttributeEntity a WHERE a.user = m.user AND COALESCE(a.name, '') = :attribute"
                    + " AND a.value IN :companies) OR EXISTS (SELECT 1 FROM UserRoleMappingEntity r"
                    + " WHERE r.user = m.user AND r.roleId = :admin))";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final Accounts accounts;
    private final Outbox outbox;

    /** @param session with the realm in its context */
    PagesHandler(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.accounts = new Accounts(session);
        this.outbox = session.getProvider(Outbox.class);
    }

    @Override
    public Delivery prepare(OutboxEntry entry) {
        PagesRow wanted = PagesRow.parse(entry.payload());
        ClientModel client = realm.getClientById(wanted.client());
        if (client != null && wanted.account() == null && wanted.after() == null) {
            evict(client);
        }
        if (client != null && LifecycleClient.receivesEvents(client)) {
            expand(wanted);
        }
        return DeliveryResult::delivered;
    }

    /** The entry was committed with a change of the client, which this node's cache may not have noticed yet. */
    private void evict(ClientModel client) {
        session.getProvider(CacheRealmProvider.class)
                .registerClientInvalidation(client.getId(), client.getClientId(), realm.getId());
    }

    private void expand(PagesRow wanted) {
        if (wanted.account() != null && wanted.after() == null) {
            accounts.evict(wanted.account());
        }
        List<String> users = page(wanted);
        List<NewEntry> entries = users.stream()
                .map(user -> EventRow.entry(realm.getId(), wanted.client(), user, wanted.type()))
                .toList();
        outbox.enqueueOrJoin(entries, EventType::join);
        if (users.size() == PAGE) {
            outbox.enqueue(wanted.from(users.get(PAGE - 1)).entry(realm.getId()), Optional.empty());
        }
    }

    private List<String> page(PagesRow wanted) {
        boolean first = wanted.after() == null;
        boolean some = wanted.companies() != null;
        TypedQuery<String> query = em.createQuery(
                        "SELECT DISTINCT m.user.id FROM UserGroupMembershipEntity m, OrganizationEntity o"
                                + " WHERE m.groupId = o.groupId AND o.realmId = :realm"
                                + (wanted.account() == null ? "" : " AND o.id = :account")
                                + (first ? "" : " AND m.user.id > :after")
                                + (some ? WITH_COMPANY : "")
                                + " ORDER BY m.user.id",
                        String.class)
                .setParameter("realm", realm.getId())
                .setMaxResults(PAGE);
        if (wanted.account() != null) {
            query.setParameter("account", wanted.account());
        }
        if (!first) {
            query.setParameter("after", wanted.after());
        }
        if (some) {
            query.setParameter("attribute", Company.USER_ATTRIBUTE)
                    .setParameter("companies", wanted.companies())
                    .setParameter(
                            "admin",
                            Role.ACCOUNT_ADMIN.find(realm).map(RoleModel::getId).orElse("-"));
        }
        return query.getResultList();
    }
}
