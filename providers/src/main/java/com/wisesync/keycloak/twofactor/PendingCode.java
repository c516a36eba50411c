package com.wisesync.keycloak.twofactor;

import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The code that a login waits for, stored in its authentication session. The code itself is not stored, only its seal.
 *
 * @param id distinguishes two codes with the same digits
 * @param seal HMAC of the code, see {@link CodeSeal}
 * @param sentAt in seconds since 1970
 * @param expiresAt in seconds since 1970
 * @param sendSlot claimed from the user's emails per hour, released when the code is entered
 * @param address that the code was sent to
 */
record PendingCode(String id, String seal, long sentAt, long expiresAt, String sendSlot, String address) {

    private static final String ID = "wise-sync.code.id";
    private static final String SEAL = "wise-sync.code.seal";
    private static final String SENT_AT = "wise-sync.code.sent-at";
    private static final String EXPIRES_AT = "wise-sync.code.expires-at";
    private static final String SEND_SLOT = "wise-sync.code.send-slot";
    private static final String ADDRESS = "wise-sync.code.address";

    static Optional<PendingCode> find(AuthenticationSessionModel login) {
        String id = login.getAuthNote(ID);
        return id == null
                ? Optional.empty()
                : Optional.of(new PendingCode(
                        id,
                        login.getAuthNote(SEAL),
                        Long.parseLong(login.getAuthNote(SENT_AT)),
                        Long.parseLong(login.getAuthNote(EXPIRES_AT)),
                        login.getAuthNote(SEND_SLOT),
                        login.getAuthNote(ADDRESS)));
    }

    void store(AuthenticationSessionModel login) {
        login.setAuthNote(SEAL, seal);
        login.setAuthNote(SENT_AT, String.valueOf(sentAt));
        login.setAuthNote(EXPIRES_AT, String.valueOf(expiresAt));
        login.setAuthNote(SEND_SLOT, sendSlot);
        login.setAuthNote(ADDRESS, address);
        login.setAuthNote(ID, id);
    }

    static void remove(AuthenticationSessionModel login) {
        login.removeAuthNote(ID);
        login.removeAuthNote(SEAL);
        login.removeAuthNote(SENT_AT);
        login.removeAuthNote(EXPIRES_AT);
        login.removeAuthNote(SEND_SLOT);
        login.removeAuthNote(ADDRESS);
    }

    boolean isExpired() {
        return secondsLeft() <= 0;
    }

    long secondsLeft() {
        return Math.max(0, expiresAt - Time.currentTimeSeconds());
    }
}
