package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.OptIn;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** One attempt at one entry, as a failed one if anything is thrown: no entry is lost to an error of ours. */
final class Attempt {

    private static final Logger LOG = Logger.getLogger(Attempt.class);

    private final KeycloakSessionFactory factory;
    private final EntryHandlerFactory handlers;

    Attempt(KeycloakSessionFactory factory, EntryHandlerFactory handlers) {
        this.factory = factory;
        this.handlers = handlers;
    }

    DeliveryResult at(OutboxEntry entry) throws InterruptedException {
        try {
            Delivery delivery =
                    KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> prepare(session, entry));
            return delivery.send();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debugf(e, "Attempt failed. kind=%s id=%s", entry.kind(), entry.id());
            return DeliveryResult.retry(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Delivery prepare(KeycloakSession session, OutboxEntry entry) {
        RealmModel realm = session.realms().getRealm(entry.realmId());
        if (realm == null) {
            return () -> DeliveryResult.deadLetter("The realm is gone");
        }
        if (!OptIn.isActive(realm)) {
            return () -> DeliveryResult.retry("The realm's event listeners do not name " + OptIn.LISTENER);
        }
        session.getContext().setRealm(realm);
        return handlers.create(session).prepare(entry);
    }
}
