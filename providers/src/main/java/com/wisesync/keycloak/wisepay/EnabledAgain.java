package com.wisesync.keycloak.wisepay;

import com.wisesync.keycloak.wisepay.Deactivation.AccountSnapshot;
import jakarta.persistence.EntityManager;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;

/**
 * Decides whether the user of a deactivation has access again. Such a deactivation must not be sent: it would deactivate links
 * that the user has configured since. Reads the database, not Keycloak's caches.
 */
final class EnabledAgain {

    private final KeycloakSession session;
    private final EntityManager em;
    private final RealmModel realm;
    private final Memberships memberships;

    /** @param session with the realm in its context */
    EnabledAgain(KeycloakSession session) {
        this.session = session;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = session.getContext().getRealm();
        this.memberships = new Memberships(em);
    }

    /** What to do with a deactivation that is due. */
    enum Answer {
        /** The user has access again, so it must not be sent any more. */
        YES,
        /** It is sent. */
        NO,
        /** The user left this account, or it was disabled, and is enabled in another one: staff decide. */
        OTHER_ACCOUNT,
        /** The user storage provider cannot decide now, so the deactivation waits. */
        UNDECIDED
    }

    Answer test(Deactivation deactivation) {
        Answer enabled = isEnabled(deactivation.user().id());
        return enabled == Answer.YES ? inAccount(deactivation) : enabled;
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

    /**
     * Whether an enabled user has an account again. Of a user who left an account, or whose account was disabled, it has to be this
     * account; in another one, staff decide: links may have been configured there since, and links of the earlier account are not
     * to stay active. Any other entry ends with the access that it reports, in whichever account the user has access now: links
     * configured there are newer.
     */
    private Answer inAccount(Deactivation deactivation) {
        AccountSnapshot account = deactivation.account();
        String userId = deactivation.user().id();
        Set<String> enabled = memberships.enabledAccountsOf(userId);
        if (deactivation.reason() == DeactivationReason.ACCOUNT && account != null && !enabled.isEmpty()) {
            return enabled.contains(account.id()) ? Answer.YES : Answer.OTHER_ACCOUNT;
        }
        boolean neverHadOne = deactivation.reason() != DeactivationReason.ACCOUNT && account == null;
        return answer(
                !enabled.isEmpty() || (neverHadOne && memberships.find(userId).isEmpty()));
    }
}
