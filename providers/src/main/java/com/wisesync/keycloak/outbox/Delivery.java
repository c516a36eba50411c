package com.wisesync.keycloak.outbox;

/** An entry that is ready to be sent. */
@FunctionalInterface
public interface Delivery {

    /**
     * Sends the entry, outside every transaction and without a database lock or connection. It must end by itself within
     * {@link EntryHandlerFactory#longestSend()}, and soon after an interrupt, which is sent when the server stops.
     *
     * @throws InterruptedException if it was interrupted: the entry is not changed and is sent after the next start
     * @throws Exception anything else counts as a failed attempt and is repeated
     */
    DeliveryResult send() throws Exception;
}
