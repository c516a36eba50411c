package com.wisesync.keycloak.outbox;

/** An entry ready to go out. */
@FunctionalInterface
public interface Delivery {

    /**
     * Sends it: outside every transaction, holding no lock and no connection of the database. It must end by itself within
     * {@link EntryHandlerFactory#longestSend()}, and soon after an interrupt, which is how the server's stop asks for it.
     *
     * @throws InterruptedException when it was asked to stop: the entry stays as it was and is sent after the next start
     * @throws Exception anything else counts as a failed attempt, to be repeated
     */
    DeliveryResult send() throws Exception;
}
