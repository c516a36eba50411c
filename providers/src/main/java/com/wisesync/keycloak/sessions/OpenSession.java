package com.wisesync.keycloak.sessions;

import java.time.Instant;
import java.util.List;

/**
 * A session in which a user is logged in.
 *
 * @param id Keycloak's id of the session
 * @param startedAt when the user logged in
 * @param lastAccess when a token was last issued or refreshed in it
 * @param ipAddress the client's address at the login
 * @param clients the display names of the clients, or their client ids, sorted
 */
public record OpenSession(String id, Instant startedAt, Instant lastAccess, String ipAddress, List<String> clients) {

    /** Copies the clients. */
    public OpenSession {
        clients = List.copyOf(clients);
    }
}
