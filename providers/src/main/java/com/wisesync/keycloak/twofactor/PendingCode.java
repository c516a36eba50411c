package com.wisesync.keycloak.twofactor;

import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The code that one login waits for, as its authentication session keeps it: never the code, only its seal.
 *
 * @param id makes the same digits another code each time
 * @param seal what {@link CodeSeal} makes of it
 * @param sentAt in seconds since 1970
 * @param expiresAt in seconds since 1970
 * @param sendSlot the claim on the user's sends this hour, given back when the code is entered
 */
record PendingCode(String id, String seal, long sentAt, long expiresAt, String sendSlot) {

    private static final String ID = "wise-sync.code.id";
    private static final String SEAL = "wise-sync.code.seal";
    private static final String SENT_AT = "wise-sync.code.sent-at";
    private static final String EXPIRES_AT = "wise-sync.code.expires-at";
    private static final String SEND_SLOT = "wise-sync.code.send-slot";

    static Optional<PendingCode> in(AuthenticationSessionModel login) {
        String id = login.getAuthNote(ID);
        return id == null
                ? Optional.empty()
                : Optional.of(new PendingCode(
                        id,
                        login.getAuthNote(SEAL),
                        Long.parseLong(login.getAuthNote(SENT_AT)),
                        Long.parseLong(login.getAuthNote(EXPIRES_AT)),
                        login.getAuthNote(SEND_SLOT)));
    }

    void keepIn(AuthenticationSessionModel login) {
        login.setAuthNote(SEAL, seal);
        login.setAuthNote(SENT_AT, String.valueOf(sentAt));
        login.setAuthNote(EXPIRES_AT, String.valueOf(expiresAt));
        login.setAuthNote(SEND_SLOT, sendSlot);
        login.setAuthNote(ID, id);
    }

    static void forgetIn(AuthenticationSessionModel login) {
        login.removeAuthNote(ID);
        login.removeAuthNote(SEAL);
        login.removeAuthNote(SENT_AT);
        login.removeAuthNote(EXPIRES_AT);
        login.removeAuthNote(SEND_SLOT);
    }

    boolean expired() {
        return secondsLeft() <= 0;
    }

    long secondsLeft() {
        return Math.max(0, expiresAt - Time.currentTimeSeconds());
    }
}
