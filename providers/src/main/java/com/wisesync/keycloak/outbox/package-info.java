/**
 * What must happen outside, once for certain: rows in Keycloak's own {@code OUTBOX_ENTRY} (there since 26.7.0), written in the
 * transaction of the change that calls for them, delivered afterwards.
 *
 * <p>To write one: {@code session.getProvider(Outbox.class).enqueue(new NewEntry(...))}. To deliver a kind of them: an
 * {@link com.wisesync.keycloak.outbox.EntryHandlerFactory} whose id is that kind, named in {@code META-INF/services}.
 */
package com.wisesync.keycloak.outbox;
