/**
 * Work to do after a commit, at least once: rows in Keycloak's own {@code OUTBOX_ENTRY} (since 26.7.0), written in the
 * transaction of the change that needs them, and delivered after it in order per owner.
 *
 * <p>To write an entry: {@code session.getProvider(Outbox.class).enqueue(new NewEntry(...))}. To deliver a kind of entries:
 * implement {@link com.wisesync.keycloak.outbox.EntryHandlerFactory} with the kind as its id, and register it in
 * {@code META-INF/services}.
 */
package com.wisesync.keycloak.outbox;
