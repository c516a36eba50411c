package com.wisesync.keycloak.outbox;

import org.keycloak.provider.Provider;

/** Delivers one kind of entry; made anew for every attempt. */
public interface EntryHandler extends Provider {

    /**
     * Reads what sending needs, in a short transaction, with the entry's realm in the session's context. Nothing of the
     * session may be used by what is returned. An exception counts as a failed attempt.
     */
    Delivery prepare(OutboxEntry entry);

    @Override
    default void close() {}
}
