package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.StoredEntry;
import com.wisesync.keycloak.wisepay.Deactivation.AccountSnapshot;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.ComponentEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;

/** Looks up the owners of active links in this realm, and whether they have access. */
final class LinkOwners {

    private static final int MAX_ID = 255;
    private static final int MAX_ENTRIES = 100;

    /** An underscore matches any character, so there are few others in practice. */
    private static final int MAX_EVENTS = 100;

    /** Match any number of characters: the events of all users would be read. */
    private static final Pattern WILDCARDS = Pattern.compile("[*%]");

    private static final String FEDERATED = "f:";

    /** Names the provider and the user. StorageId of 26.7.4 fails if there is no second colon. */
    private static final Pattern FEDERATED_ID = Pattern.compile("f:[^:]+:.+");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final Outbox outbox;
    private final Memberships memberships;

    /** What is known about the owner of a link. */
    enum OwnerState {
        /** Has access here, or it can't be decided now. */
        PRESENT,
        /** Belongs to another realm, which reconciles its own users. */
        ELSEWHERE,
        /** Is disabled here, or in a disabled account. */
        DISABLED,
        /** Is unknown here. */
        UNKNOWN
    }

    /**
     * The owner of links.
     *
     * @param account null if there is none, or if several
     */
    record Owner(OwnerState access, Deactivation.UserSnapshot user, AccountSnapshot account) {

        /** Whether reconciling has to decide about this user. */
        boolean isAffected() {
            return access == OwnerState.DISABLED || access == OwnerState.UNKNOWN;
        }

        Deactivation deactivation() {
            Deactivation.Type type =
                    access == OwnerState.DISABLED ? Deactivation.Type.DISABLED : Deactivation.Type.DELETED;
            return Deactivation.now(type, DeactivationReason.COMPARISON, account, user);
        }
    }

    LinkOwners(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.outbox = session.getProvider(Outbox.class);
        this.memberships = new Memberships(em);
    }

    /** Whether this can be the id of a user. Others could end a query with an error. */
    static boolean isId(String user) {
        return user != null
                && !user.isBlank()
                && user.length() <= MAX_ID
                && user.chars().noneMatch(Character::isISOControl)
                && (!user.startsWith(FEDERATED) || FEDERATED_ID.matcher(user).matches());
    }

    /**
     * Looks up users by their ids. Reads no table as a whole.
     *
     * @param userIds at most some hundred
     */
    Map<String, Owner> find(List<String> userIds) {
        Map<String, UserEntity> stored = new HashMap<>();
        em.createQuery("SELECT u FROM UserEntity u WHERE u.id IN :ids", UserEntity.class)
                .setParameter("ids", userIds)
                .getResultStream()
                .forEach(user -> stored.put(user.getId(), user));
        Map<String, AccountSnapshot> disabledAccounts = memberships.disabledAccountsOf(userIds);
        Map<String, Owner> owners = new HashMap<>();
        userIds.forEach(id -> owners.put(id, find(id, stored.get(id), disabledAccounts.get(id))));
        return owners;
    }

    /** The newest entries of a user in this realm. */
    List<StoredEntry> entries(String userId) {
        return allEntries(userId).stream()
                .filter(stored -> stored.entry().realmId().equals(realm.getId()))
                .toList();
    }

    /** Whether a stored event shows that the user was deleted here. */
    boolean hasDeletionEvent(String userId) {
        EventStoreProvider events = session.getProvider(EventStoreProvider.class);
        if (events == null) {
            return false;
        }
        return hasDeletionByAdmin(events, "users/" + userId)
                || events.createQuery()
                        .realm(realm.getId())
                        .type(EventType.DELETE_ACCOUNT)
                        .user(userId)
                        .maxResults(1)
                        .getResultStream()
                        .findAny()
                        .isPresent();
    }

    /** The query treats the path as a pattern of SQL (JpaAdminEventQuery of 26.7.4), so that other users may match. */
    private boolean hasDeletionByAdmin(EventStoreProvider events, String path) {
        if (WILDCARDS.matcher(path).find()) {
            return false;
        }
        return events.createAdminQuery()
                .realm(realm.getId())
                .operation(OperationType.DELETE)
                .resourcePath(path)
                .maxResults(MAX_EVENTS)
                .getResultStream()
                .anyMatch(event -> path.equals(event.getResourcePath()));
    }

    private Owner find(String id, UserEntity stored, AccountSnapshot disabledAccount) {
        if (stored == null) {
            return notStored(id);
        }
        Deactivation.UserSnapshot user = DeactivationWriter.toUser(stored);
        if (!realm.getId().equals(stored.getRealmId())) {
            return new Owner(OwnerState.ELSEWHERE, user, null);
        }
        if (stored.getFederationLink() != null) {
            return federated(id, stored.getFederationLink(), user, disabledAccount);
        }
        if (!stored.isEnabled()) {
            return DeactivationWriter.isLockedOut(stored)
                    ? new Owner(OwnerState.PRESENT, user, null)
                    : new Owner(OwnerState.DISABLED, user, memberships.accountOf(id));
        }
        return disabledAccount == null
                ? new Owner(OwnerState.PRESENT, user, null)
                : new Owner(OwnerState.DISABLED, user, disabledAccount);
    }

    private Owner notStored(String id) {
        Deactivation.UserSnapshot user = new Deactivation.UserSnapshot(id, null, null);
        String provider = StorageId.providerId(id);
        if (provider != null) {
            return isProviderElsewhere(provider)
                    ? new Owner(OwnerState.ELSEWHERE, user, null)
                    : federated(id, provider, user, null);
        }
        List<StoredEntry> entries = allEntries(id);
        boolean elsewhere = !entries.isEmpty()
                && entries.stream().noneMatch(entry -> entry.entry().realmId().equals(realm.getId()));
        return new Owner(elsewhere ? OwnerState.ELSEWHERE : OwnerState.UNKNOWN, user, null);
    }

    private boolean isProviderElsewhere(String provider) {
        ComponentEntity component = em.find(ComponentEntity.class, provider);
        return component != null && !realm.getId().equals(component.getRealm().getId());
    }

    /** The provider decides. While it can't, nothing is decided: its users are neither unknown nor disabled. */
    private Owner federated(
            String id, String providerId, Deactivation.UserSnapshot user, AccountSnapshot disabledAccount) {
        FederatedUser found = FederatedUser.find(session, providerId, id);
        if (!found.isDecided() || (found.isEnabled() && disabledAccount == null)) {
            return new Owner(OwnerState.PRESENT, user, null);
        }
        return found.model()
                .map(model -> {
                    Deactivation.UserSnapshot known =
                            new Deactivation.UserSnapshot(id, model.getUsername(), model.getEmail());
                    AccountSnapshot account = disabledAccount == null ? memberships.accountOf(id) : disabledAccount;
                    return new Owner(OwnerState.DISABLED, known, account);
                })
                .orElseGet(() -> new Owner(OwnerState.UNKNOWN, user, null));
    }

    private List<StoredEntry> allEntries(String userId) {
        return new ArrayList<>(
                outbox.entries().newestOf(DeactivationHandlerFactory.KIND, Deactivation.ownerId(userId), MAX_ENTRIES));
    }
}
