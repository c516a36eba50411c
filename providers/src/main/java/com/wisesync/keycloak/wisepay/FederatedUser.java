package com.wisesync.keycloak.wisepay;

import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.StorageUnavailableUserModelDelegate;
import org.keycloak.storage.UserStorageProviderModel;

/**
 * A user of a user storage provider, such as LDAP, which decides whether the user has access.
 *
 * <p>While the provider can't decide, Keycloak shows its users as disabled, without an exception: as a
 * {@link StorageUnavailableUserModelDelegate} if it does not answer, and as a read-only user if it is disabled
 * (UserStorageManager.validateFederatedUser of 26.7.4). Such a user is not to be mistaken for one who lost access.
 *
 * @param isDecided whether the provider has decided; nothing is known about the user otherwise
 * @param model the user; empty if unknown to the provider, or if it has not decided
 */
record FederatedUser(boolean isDecided, Optional<UserModel> model) {

    private static final Logger LOG = Logger.getLogger(FederatedUser.class);
    private static final FederatedUser UNDECIDED = new FederatedUser(false, Optional.empty());

    /**
     * Looks up a user.
     *
     * @param providerId the id of the provider's component
     */
    static FederatedUser find(KeycloakSession session, String providerId, String userId) {
        RealmModel realm = session.getContext().getRealm();
        ComponentModel provider = realm.getComponent(providerId);
        // Checked before the user is looked up: the lookup deletes an imported user whose provider is missing.
        if (provider == null || !new UserStorageProviderModel(provider).isEnabled()) {
            LOG.debugf("The user storage provider of user '%s' is missing or disabled", userId);
            return UNDECIDED;
        }
        try {
            UserModel user = session.users().getUserById(realm, userId);
            return user instanceof StorageUnavailableUserModelDelegate
                    ? UNDECIDED
                    : new FederatedUser(true, Optional.ofNullable(user));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "The user storage of user '%s' does not answer: %s",
                    userId, e.getClass().getSimpleName());
            return UNDECIDED;
        }
    }

    /** Whether the user has access; false if not decided. */
    boolean isEnabled() {
        return model.filter(UserModel::isEnabled).isPresent();
    }
}
