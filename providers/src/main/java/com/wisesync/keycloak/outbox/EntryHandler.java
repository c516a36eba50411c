package com.wisesync.keycloak.outbox;

import org.keycloak.provider.Provider;

/** Delivers one kind of entry. A new one is created for every attempt. */
public interface EntryHandler extends Provider {

    /**
     * Reads what sending needs, in a short transaction with the entry's realm in the session's context. It also decides whether
     * the entry still applies ({@link DeliveryResult#obsolete}). The returned delivery must not use the session. An exception
     * counts as a failed attempt.
     */
    Delivery prepare(OutboxEntry entry);

    @Override
    default void close() {}
}
