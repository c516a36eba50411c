package com.wisesync.keycloak.autotask;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.Refusal.Kind;

/** The refusals of this package. None contains any part of the submitted values. */
final class Refusals {

    static final String NO_KEY = "wiseSyncAutotaskNoKey";
    static final String NOTHING_STORED = "wiseSyncAutotaskNothingStored";
    static final String UNREADABLE = "wiseSyncAutotaskUnreadable";
    static final String USERNAME = "wiseSyncAutotaskUsername";
    static final String PASSWORD = "wiseSyncAutotaskPassword";
    static final String USER_DISABLED = "wiseSyncAutotaskUserDisabled";
    static final String ACCOUNT_DISABLED = "wiseSyncAutotaskAccountDisabled";
    static final String TOO_MANY_READS = "wiseSyncAutotaskTooManyReads";

    private Refusals() {}

    /** The Vault has no usable key; the message names the Vault entry and the option. */
    static Refusal noKey(String kid) {
        return Refusal.of(Kind.UNAVAILABLE, NO_KEY, kid, AutotaskConfig.keysOption());
    }

    /** Nothing is stored, or the stored row was encrypted for another user. */
    static Refusal nothingStored() {
        return Refusal.of(Kind.NOT_FOUND, NOTHING_STORED);
    }

    /** The stored password cannot be decrypted and therefore cannot be kept. */
    static Refusal unreadable() {
        return Refusal.invalid("password", UNREADABLE);
    }

    static Refusal username() {
        return Refusal.invalid("username", USERNAME);
    }

    static Refusal password() {
        return Refusal.invalid("password", PASSWORD, AutotaskAccounts.MAX_PASSWORD);
    }

    static Refusal userDisabled() {
        return Refusal.of(Kind.FORBIDDEN, USER_DISABLED);
    }

    static Refusal accountDisabled() {
        return Refusal.of(Kind.FORBIDDEN, ACCOUNT_DISABLED);
    }

    static Refusal tooManyReads(int seconds) {
        return Refusal.of(Kind.TOO_MANY, TOO_MANY_READS, seconds);
    }
}
