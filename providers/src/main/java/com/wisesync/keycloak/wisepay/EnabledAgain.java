package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.wisepay.Deactivation.Account;
import com.wisesync.keycloak.wisepay.Memberships.Membership;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;

/**
 * Decides whether the user of a deactivation has access again, in the account for which it was written. Such a deactivation must
 * not be sent: it would deactivate links that the user has configured since. Reads committed data, past Keycloak's caches.
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

    /** Whether the deactivation must not be sent any more. */
    boolean test(Deactivation deactivation) {
        return isEnabled(deactivation.user().id()) && hasAccount(deactivation);
    }

    private boolean isEnabled(String userId) {
        UserEntity stored = em.find(UserEntity.class, userId);
        if (stored != null && stored.getFederationLink() == null) {
            return realm.getId().equals(stored.getRealmId())
                    && (stored.isEnabled() || DeactivationWriter.isLockedOut(stored));
        }
        if (stored == null && StorageId.isLocalStorage(userId)) {
            return false;
        }
        // The directory may have disabled the user.
        UserModel user = session.users().getUserById(realm, userId);
        return user != null && user.isEnabled();
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
