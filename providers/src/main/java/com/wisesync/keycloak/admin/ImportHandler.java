package com.wisesync.keycloak.admin;

import com.wisesync.keycloak.outbox.Delivery;
import com.wisesync.keycloak.outbox.DeliveryError;
import com.wisesync.keycloak.outbox.DeliveryResult;
import com.wisesync.keycloak.outbox.EntryHandler;
import com.wisesync.keycloak.outbox.OutboxEntry;

/** Ends an import whose lease has expired, because its node died. Its transaction was rolled back by the database. */
final class ImportHandler implements EntryHandler {

    static final String INTERRUPTED = "wiseSyncImportInterrupted";

    @Override
    public Delivery prepare(OutboxEntry entry) {
        return () -> DeliveryResult.obsolete(DeliveryError.of(INTERRUPTED));
    }
}
