package com.wisesync.keycloak.autotask;

import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Changes a user beside what a request is about. Of two who do so at once, Keycloak's version of the row (CredentialEntity of
 * 26.7.4) lets the second fail, which loses nothing: the change is done already, or is repeated the next time.
 */
final class OwnTransaction {

    private static final Logger LOG = Logger.getLogger(OwnTransaction.class);

    private final KeycloakSessionFactory factory;

    OwnTransaction(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    void on(String realmId, String userId, Consumer<UserModel> change) {
        try {
            KeycloakModelUtils.runJobInTransaction(factory, session -> {
                RealmModel realm = session.realms().getRealm(realmId);
                session.getContext().setRealm(realm);
                UserModel user = session.users().getUserById(realm, userId);
                if (user != null) {
                    change.accept(user);
                }
            });
        } catch (ModelException e) {
            LOG.debugf("Another transaction changed user '%s' at the same time: %s", userId, e.getMessage());
        }
    }
}
