package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.outbox.Outbox;
import com.wisesync.keycloak.outbox.WrittenEntry;
import com.wisesync.keycloak.wisepay.Deactivation.AccountName;
import com.wisesync.keycloak.wisepay.Deactivation.Person;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;

/** Tells, of users with active links, those who are turned off and of whom nothing is under way. */
final class MissedUsers {

    private static final int LONGEST_ID = 64;

    /** Wise-Pay may still be at it. */
    private static final Duration JUST_HEARD = Duration.ofMinutes(1);

    /** What failed for good is somebody's to look at, and not to be repeated every few minutes. */
    private static final Duration LEFT_TO_PEOPLE = Duration.ofDays(1);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final Outbox outbox;
    private final Memberships memberships;

    MissedUsers(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.em = Detection.entities(session);
        this.outbox = session.getProvider(Outbox.class);
        this.memberships = new Memberships(em);
    }

    /** Whether this can be the id of a user at all. */
    static boolean isId(String user) {
        return user != null && !user.isBlank() && user.length() <= LONGEST_ID;
    }

    /** Returns how many. */
    int tell(List<String> userIds) {
        Map<String, UserEntity> users = new HashMap<>();
        em.createQuery("SELECT u FROM UserEntity u WHERE u.id IN :ids", UserEntity.class)
                .setParameter("ids", userIds)
                .getResultStream()
                .forEach(user -> users.put(user.getId(), user));
        Map<String, AccountName> inDisabledAccount = memberships.disabledAccountsOf(userIds);
        int told = 0;
        for (String id : userIds) {
            UserEntity user = users.get(id);
            Deactivation missed = user == null ? gone(id) : off(user, inDisabledAccount.get(id));
            if (missed != null && !underWay(id)) {
                outbox.enqueue(missed.entry(realm.getId()));
                told++;
            }
        }
        return told;
    }

    private Deactivation gone(String id) {
        boolean elsewhere = !StorageId.isLocalStorage(id) && session.users().getUserById(realm, id) != null;
        return elsewhere ? null : missed(Deactivation.Type.DELETED, null, new Person(id, null, null));
    }

    private Deactivation off(UserEntity user, AccountName disabledAccount) {
        // Another realm of this server may have its users at the same Wise-Pay.
        if (!realm.getId().equals(user.getRealmId())) {
            return null;
        }
        Person person = new Person(user.getId(), user.getUsername(), user.getEmail());
        if (!user.isEnabled()) {
            return DeactivationWriter.lockedOut(user)
                    ? null
                    : missed(Deactivation.Type.DISABLED, memberships.accountOf(user.getId()), person);
        }
        return disabledAccount == null ? null : missed(Deactivation.Type.DISABLED, disabledAccount, person);
    }

    private static Deactivation missed(Deactivation.Type type, AccountName account, Person person) {
        return Deactivation.now(type, DeactivationReason.COMPARISON, account, person);
    }

    private boolean underWay(String id) {
        Instant now = Instant.now();
        return outbox.of(DeactivationHandlerFactory.KIND, realm.getId(), id).stream()
                .anyMatch(entry -> underWay(entry, now));
    }

    private static boolean underWay(WrittenEntry entry, Instant now) {
        return switch (entry.state()) {
            case WAITING -> true;
            case DELIVERED -> entry.deliveredAt().isAfter(now.minus(JUST_HEARD));
            case FAILED -> entry.entry().createdAt().isAfter(now.minus(LEFT_TO_PEOPLE));
        };
    }
}
