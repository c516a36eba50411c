package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.ActiveRealm;
import com.wisesync.keycloak.outbox.NewEntry;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.StoredEntry.State;
import com.wisesync.keycloak.wisepay.Deactivation.AccountSnapshot;
import com.wisesync.keycloak.wisepay.Memberships.Membership;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.services.managers.BruteForceProtector;

/**
 * Writes the changes of a transaction to the outbox, at most one entry for each user. Reads entities only, because the session's
 * models are not usable while the transaction completes.
 */
final class DeactivationWriter {

    private static final int PAGE = 200;

    private final EntityManager em;
    private final Outbox outbox;
    private final DeactivationReason reason;
    private final Memberships memberships;
    private final Map<String, Boolean> optedIn = new HashMap<>();
    private final Set<String> written = new HashSet<>();

    DeactivationWriter(EntityManager em, Outbox outbox, DeactivationReason reason) {
        this.em = em;
        this.outbox = outbox;
        this.reason = reason;
        this.memberships = new Memberships(em);
    }

    void write(DetectedChanges changes) {
        changes.deleted()
                .forEach(deleted ->
                        write(Deactivation.Type.DELETED, reason, deleted.realmId(), deleted.account(), deleted.user()));
        changes.disabledUsers().forEach(this::writeDisabled);
        changes.left().forEach(this::writeLeft);
        changes.disabledAccounts().forEach(this::writeAccountDisabled);
        em.flush();
    }

    private void writeDisabled(String userId) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user != null && optedIn(user.getRealmId())) {
            Optional<Membership> membership = memberships.find(userId);
            if (membership.map(Membership::lockoutMark).orElseGet(() -> isLockedOut(user))) {
                removeLockoutMark(user);
            }
            AccountSnapshot account = membership.map(Membership::account).orElse(null);
            write(Deactivation.Type.DISABLED, reason, user.getRealmId(), account, toUser(user));
        }
    }

    /** A member disabled earlier was reported, unless that entry is still open: it ends if another account enables the user. */
    private void writeLeft(String userId, DetectedChanges.Left left) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user == null || !optedIn(left.realmId())) {
            return;
        }
        boolean reported = !user.isEnabled() && !isLockedOut(user) && !hasOpenEntry(userId);
        if (!reported && written.add(userId)) {
            outbox.enqueue(lostAccount(left.account(), toUser(user)).entry(left.realmId()));
        }
    }

    private boolean hasOpenEntry(String userId) {
        return outbox.entries().newestOf(DeactivationHandlerFactory.KIND, Deactivation.ownerId(userId), 1).stream()
                .anyMatch(entry -> entry.state() == State.WAITING || entry.state() == State.FAILED);
    }

    private static Deactivation lostAccount(AccountSnapshot account, Deactivation.UserSnapshot user) {
        return Deactivation.now(Deactivation.Type.DISABLED, DeactivationReason.ACCOUNT, account, user);
    }

    /** Its unmanaged members cannot log in any more. Members disabled earlier have been reported. */
    private void writeAccountDisabled(String accountId) {
        OrganizationEntity organization = em.find(OrganizationEntity.class, accountId);
        if (organization == null || !optedIn(organization.getRealmId())) {
            return;
        }
        AccountSnapshot account = new AccountSnapshot(organization.getId(), organization.getName());
        Optional<String> last = Optional.empty();
        List<Deactivation.UserSnapshot> members;
        do {
            members = memberships.enabledMembers(organization.getGroupId(), last, PAGE);
            List<NewEntry> entries = new ArrayList<>();
            for (Deactivation.UserSnapshot member : members) {
                last = Optional.of(member.id());
                if (written.add(member.id())) {
                    entries.add(lostAccount(account, member).entry(organization.getRealmId()));
                }
            }
            outbox.enqueueAll(entries);
        } while (members.size() == PAGE);
    }

    private void write(
            Deactivation.Type type,
            DeactivationReason why,
            String realmId,
            AccountSnapshot account,
            Deactivation.UserSnapshot user) {
        if (optedIn(realmId) && written.add(user.id())) {
            outbox.enqueue(Deactivation.now(type, why, account, user).entry(realmId));
        }
    }

    private boolean optedIn(String realmId) {
        return optedIn.computeIfAbsent(realmId, id -> ActiveRealm.test(em, id));
    }

    /** Whether failed logins disabled the user. */
    static boolean isLockedOut(UserEntity user) {
        return user.getAttributes().stream()
                .anyMatch(attribute -> UserModel.DISABLED_REASON.equals(attribute.getName())
                        && BruteForceProtector.DISABLED_BY_PERMANENT_LOCKOUT.equals(attribute.getValue()));
    }

    /**
     * A user who was enabled until now is not locked out any more, but not all callers that enable a user remove the mark. While
     * it is there, {@link EnabledAgain} and reconciling would take the disabled user for a locked out one.
     */
    private void removeLockoutMark(UserEntity user) {
        em.createQuery("DELETE FROM UserAttributeEntity a WHERE a.user = :user AND a.name = :name")
                .setParameter("user", user)
                .setParameter("name", UserModel.DISABLED_REASON)
                .executeUpdate();
    }

    static Deactivation.UserSnapshot toUser(UserEntity user) {
        return new Deactivation.UserSnapshot(user.getId(), user.getUsername(), user.getEmail());
    }
}
