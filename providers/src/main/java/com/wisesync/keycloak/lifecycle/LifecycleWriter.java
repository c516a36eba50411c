package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.access.CommittedAccess;
import com.wisesync.keycloak.lifecycle.LifecycleChanges.ChangedUser;
import com.wisesync.keycloak.outbox.ActiveRealm;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.utils.KeycloakSessionUtil;

/** Writes the changes of a transaction to the outbox, while it completes: one entry for each changed user and client. */
final class LifecycleWriter {

    private static final int BATCH = 200;

    private final EntityManager em;
    private final Outbox outbox;
    private final Map<String, List<String>> clients = new HashMap<>();

    LifecycleWriter(EntityManager em, Outbox outbox) {
        this.em = em;
        this.outbox = outbox;
    }

    void write(LifecycleChanges changes) {
        List<NewEntry> entries = new ArrayList<>(changes.deletions());
        changes.users().forEach((id, user) -> entries.addAll(entries(id, user, changes.roleOf(id))));
        // Neighbours in the index of owners: each batch reads a short range of it.
        entries.sort(Comparator.comparing(NewEntry::ownerId));
        for (int from = 0; from < entries.size(); from += BATCH) {
            outbox.enqueueOrJoin(entries.subList(from, Math.min(from + BATCH, entries.size())), EventType::join);
        }
        changes.accounts().forEach((account, realm) -> enqueue(realm, account, null, EventType.CHECK));
        changes.realms().forEach(realm -> enqueue(realm, null, null, EventType.CHECK));
        changes.companies().forEach(this::writeCompanies);
        em.flush();
    }

    private List<NewEntry> entries(String userId, ChangedUser user, Optional<String> role) {
        String realm = user.realmId() == null ? realmOfThisThread() : user.realmId();
        return clients(realm).stream()
                .filter(client -> user.type() != EventType.CREATED || mayEnter(realm, client, role))
                .map(client -> EventRow.entry(realm, client, userId, user.type()))
                .toList();
    }

    /** Without a statement where the session of this thread knows the realm; otherwise the first attempt decides. */
    private static boolean mayEnter(String realmId, String clientId, Optional<String> roleId) {
        Optional<RealmModel> realm = ActiveRealm.ofThisThread(realmId);
        Optional<RoleModel> role = realm.flatMap(found -> roleId.map(found::getRoleById));
        Optional<ClientModel> client = realm.map(found -> found.getClientById(clientId));
        return role.isEmpty() || client.isEmpty() || CommittedAccess.isEnterable(client.get(), role.get());
    }

    private void writeCompanies(String groupId, Map<String, Boolean> renamed) {
        em.createQuery("SELECT o FROM OrganizationEntity o WHERE o.groupId = :group", OrganizationEntity.class)
                .setParameter("group", groupId)
                .getResultStream()
                .forEach(account -> {
                    boolean anyRenamed = renamed.containsValue(true);
                    enqueue(
                            account.getRealmId(),
                            account.getId(),
                            List.copyOf(renamed.keySet()),
                            anyRenamed ? EventType.UPDATED : EventType.CHECK);
                });
    }

    private void enqueue(String realmId, String accountId, List<String> companies, EventType type) {
        for (String client : clients(realmId)) {
            outbox.enqueue(new PagesRow(client, accountId, companies, type, null).entry(realmId), Optional.empty());
        }
    }

    private List<String> clients(String realmId) {
        if (realmId == null) {
            return List.of();
        }
        return clients.computeIfAbsent(
                realmId, id -> ActiveRealm.test(em, id) ? LifecycleClient.idsOf(em, id) : List.of());
    }

    private static String realmOfThisThread() {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        return session == null || session.getContext().getRealm() == null
                ? null
                : session.getContext().getRealm().getId();
    }
}
