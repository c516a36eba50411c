package com.wisesync.keycloak.autotask;

import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Changes a user in a separate transaction. The second of two concurrent changes fails by the row's version (CredentialEntity,
 * 26.7.4), which loses nothing: the change has been made already, or is repeated by the next read.
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
