package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.wisepay.Deactivation.Account;
import com.wisesync.keycloak.wisepay.Memberships.Membership;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;

/**
 * Decides whether the user of a deactivation has access again, in the account for which it was written. Such a deactivation must
 * not be sent: it would deactivate links that the user has configured since. Reads the database, not Keycloak's caches.
 */
final class EnabledAgain {

    private final KeycloakSession session;
    private final EntityManager em;
    private final RealmModel realm;

    /** @param session with the realm in its context */
    EnabledAgain(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
    }

    /** What to do with a deactivation that is due. */
    enum Answer {
        /** The user has access again, so it must not be sent any more. */
        YES,
        /** It is sent. */
        NO,
        /** The user storage provider cannot decide now, so the deactivation waits. */
        UNDECIDED
    }

    Answer test(Deactivation deactivation) {
        Answer enabled = isEnabled(deactivation.user().id());
        return enabled == Answer.YES ? answer(hasAccount(deactivation)) : enabled;
    }

    private Answer isEnabled(String userId) {
        if (!LinkOwners.isId(userId)) {
            return Answer.NO;
        }
        UserEntity stored = em.find(UserEntity.class, userId);
        if (stored != null && stored.getFederationLink() == null) {
            return answer(realm.getId().equals(stored.getRealmId())
                    && (stored.isEnabled() || DeactivationWriter.isLockedOut(stored)));
        }
        if (stored == null && StorageId.isLocalStorage(userId)) {
            return Answer.NO;
        }
        // The directory may have disabled the user.
        String provider = stored == null ? StorageId.providerId(userId) : stored.getFederationLink();
        FederatedUser user = FederatedUser.find(session, provider, userId);
        return user.isDecided() ? answer(user.isEnabled()) : Answer.UNDECIDED;
    }

    private static Answer answer(boolean yes) {
        return yes ? Answer.YES : Answer.NO;
    }

    private boolean hasAccount(Deactivation deactivation) {
        Account account = deactivation.account();
        Optional<Membership> membership =
                new Memberships(em).find(deactivation.user().id());
        if (membership.isEmpty()) {
            return account == null && deactivation.reason() != DeactivationReason.ACCOUNT;
        }
        return membership.get().enabled()
                && (account == null
                        || account.id().equals(membership.get().account().id()));
    }
}
