package com.wisesync.keycloak.outbox;

import com.wisesync.keycloak.OptIn;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Makes one attempt to deliver an entry. Whatever is thrown, errors included, counts as a failed attempt, so that no entry is
 * lost and none is repeated without a delay. The text of an exception is logged at debug level only and never stored.
 */
final class Attempt {

    private static final Logger LOG = Logger.getLogger(Attempt.class);

    private final KeycloakSessionFactory factory;
    private final EntryHandlerFactory handlers;

    Attempt(KeycloakSessionFactory factory, EntryHandlerFactory handlers) {
        this.factory = factory;
        this.handlers = handlers;
    }

    /** @throws InterruptedException if the server stops: the entry stays as it was */
    DeliveryResult deliver(OutboxEntry entry) throws InterruptedException {
        try {
            Delivery delivery =
                    KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> prepare(session, entry));
            return delivery.send();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            // Also errors, such as a missing class: otherwise the sender's thread ends and records no attempt.
            LOG.debugf(e, "Attempt failed. kind=%s id=%s", entry.kind(), entry.id());
            return DeliveryResult.retry(DeliveryError.of("wiseSyncDeliveryFailed")
                    .withDetail(e.getClass().getSimpleName()));
        }
    }

    private Delivery prepare(KeycloakSession session, OutboxEntry entry) {
        RealmModel realm = session.realms().getRealm(entry.realmId());
        if (realm == null) {
            return () -> DeliveryResult.deadLetter(DeliveryError.of("wiseSyncDeliveryNoRealm"));
        }
        if (!OptIn.isActive(realm)) {
            return () -> DeliveryResult.blocked(DeliveryError.of("wiseSyncDeliveryNotOptedIn", OptIn.LISTENER));
        }
        session.getContext().setRealm(realm);
        return handlers.create(session).prepare(entry);
    }
}
