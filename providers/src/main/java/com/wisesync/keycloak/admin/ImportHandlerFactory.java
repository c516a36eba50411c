package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.EntryHandlerFactory;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/** Ends interrupted imports, and deletes the results of imports after a day. */
public final class ImportHandlerFactory implements EntryHandlerFactory {

    @Override
    public String getId() {
        return Imports.KIND;
    }

    /** Ends an import whose lease has expired, because its node died. The database has rolled its transaction back. */
    @Override
    public EntryHandler create(KeycloakSession session) {
        return entry -> () -> DeliveryResult.obsolete(DeliveryError.of(Imports.INTERRUPTED));
    }

    @Override
    public int parallel() {
        return 1;
    }

    @Override
    public Duration keepEnded() {
        return Imports.KEEP;
    }
}
