package com.wisesync.keycloak.mail;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Names the queues in which emails keep their order: one per user and kind of link, one per recipient of notices, one per client
 * that requests password links. An undeliverable email delays only later emails of its own queue, and an undeliverable invitation
 * none.
 */
final class EmailQueue {

    /** The longest owner of an outbox entry. */
    private static final int MAX = 64;

    private EmailQueue() {}

    static String ofInvitations(String userId) {
        String queue = Invitations.QUEUE + userId;
        return queue.length() <= MAX ? queue : Invitations.QUEUE + uuid(userId);
    }

    static String ofPasswordLinks(String userId) {
        return "password-link:" + uuid(userId);
    }

    static String ofNotices(String userId, String address) {
        return "notice:" + uuid(userId + ' ' + address);
    }

    static String ofRequests(String clientAddress) {
        return "request:" + uuid(String.valueOf(clientAddress));
    }

    /** A fixed length within the 64 characters of an owner, also for the long ids of federated users. */
    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
