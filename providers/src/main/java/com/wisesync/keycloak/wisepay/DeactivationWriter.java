package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.wisepay.Deactivation.AccountName;
import com.wisesync.keycloak.wisepay.Deactivation.Person;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.OrganizationEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.utils.KeycloakSessionUtil;

/** Turns what a transaction did into entries, one for each user at most. Reads entities only: the session's models are gone by then. */
final class DeactivationWriter {

    private static final int PAGE = 200;

    private final EntityManager em;
    private final Outbox outbox;
    private final DeactivationReason reason;
    private final Memberships memberships;
    private final Map<String, Boolean> optedIn = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    DeactivationWriter(EntityManager em, Outbox outbox, DeactivationReason reason) {
        this.em = em;
        this.outbox = outbox;
        this.reason = reason;
        this.memberships = new Memberships(em);
    }

    void write(DetectedChanges changes) {
        changes.deleted()
                .forEach(gone -> tell(Deactivation.Type.DELETED, reason, gone.realmId(), gone.account(), gone.user()));
        changes.disabledUsers().forEach(this::disabled);
        changes.left().forEach(this::left);
        changes.disabledAccounts().forEach(this::accountDisabled);
        em.flush();
    }

    private void disabled(String userId) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user != null && optedIn(user.getRealmId()) && told.add(userId)) {
            Memberships.Told before = memberships.of(userId);
            outbox.enqueue(
                    Deactivation.now(Deactivation.Type.DISABLED, reason, before.account(), person(user))
                            .entry(user.getRealmId()),
                    before.last());
        }
    }

    private void left(String userId, DetectedChanges.Left account) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user != null && (user.isEnabled() || lockedOut(user))) {
            tell(
                    Deactivation.Type.DISABLED,
                    DeactivationReason.ACCOUNT,
                    account.realmId(),
                    account.account(),
                    person(user));
        }
    }

    /** Its unmanaged members can't log in any more; those who are disabled already were told of. */
    private void accountDisabled(String accountId) {
        OrganizationEntity account = em.find(OrganizationEntity.class, accountId);
        if (account == null || !optedIn(account.getRealmId())) {
            return;
        }
        AccountName name = new AccountName(account.getId(), account.getName());
        String after = "";
        List<UserEntity> members;
        do {
            members = memberships.enabledMembers(account.getGroupId(), after, PAGE);
            for (UserEntity member : members) {
                tell(
                        Deactivation.Type.DISABLED,
                        DeactivationReason.ACCOUNT,
                        account.getRealmId(),
                        name,
                        person(member));
                after = member.getId();
            }
        } while (members.size() == PAGE);
    }

    private void tell(
            Deactivation.Type type, DeactivationReason why, String realmId, AccountName account, Person user) {
        if (optedIn(realmId) && told.add(user.id())) {
            outbox.enqueue(Deactivation.now(type, why, account, user).entry(realmId));
        }
    }

    private boolean optedIn(String realmId) {
        return optedIn.computeIfAbsent(
                realmId,
                id -> realmOfTheSession()
                        .filter(realm -> realm.getId().equals(id))
                        .map(OptIn::isActive)
                        .orElseGet(() -> names(id, OptIn.LISTENER)));
    }

    /** From Keycloak's cache: so a change in a realm that wants nothing of ours costs no statement. */
    private static Optional<RealmModel> realmOfTheSession() {
        return Optional.ofNullable(KeycloakSessionUtil.getKeycloakSession())
                .map(session -> session.getContext().getRealm());
    }

    private boolean names(String realmId, String listener) {
        return em.createQuery(
                                "SELECT COUNT(r) FROM RealmEntity r JOIN r.eventsListeners l"
                                        + " WHERE r.id = :realm AND l = :listener",
                                Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("listener", listener)
                        .getSingleResult()
                > 0;
    }

    /** Turned off by nobody but failed logins. */
    static boolean lockedOut(UserEntity user) {
        return user.getAttributes().stream()
                .anyMatch(attribute -> UserModel.DISABLED_REASON.equals(attribute.getName())
                        && BruteForceProtector.DISABLED_BY_PERMANENT_LOCKOUT.equals(attribute.getValue()));
    }

    private static Person person(UserEntity user) {
        return new Person(user.getId(), user.getUsername(), user.getEmail());
    }
}
