package com.wisesync.keycloak.admin;

import static com.wisesync.keycloak.admin.Call.Effect.READS;
import static com.wisesync.keycloak.admin.Call.Effect.WRITES;
import static com.wisesync.keycloak.admin.Call.Effect.WRITES_AFTER_STEP_UP;
import static com.wisesync.keycloak.admin.Call.Who.ACCOUNT_ADMIN;
import static com.wisesync.keycloak.admin.Call.Who.ANYONE;
import static com.wisesync.keycloak.admin.Call.Who.CREDENTIAL_READER;
import static com.wisesync.keycloak.admin.Call.Who.SELF;
import static com.wisesync.keycloak.admin.Call.Who.STAFF;

import java.util.Set;

/** Every call of the API and who is allowed to make it. Callers that a row does not list are refused. */
enum Call {
    READ_ME(READS, ANYONE),
    READ_SETUP(READS, STAFF),
    LIST_ROLES(READS, ACCOUNT_ADMIN, STAFF),

    LIST_ACCOUNTS(READS, ACCOUNT_ADMIN, STAFF),
    READ_ACCOUNT(READS, ACCOUNT_ADMIN, STAFF),
    CREATE_ACCOUNT(WRITES, STAFF),
    UPDATE_ACCOUNT(WRITES, STAFF),
    /** Account-admins may only tighten the mode, which the use case decides. */
    SET_TWO_FACTOR_MODE(WRITES, ACCOUNT_ADMIN, STAFF),

    LIST_COMPANIES(READS, ACCOUNT_ADMIN, STAFF),
    PUT_COMPANY(WRITES, STAFF),
    DELETE_COMPANY(WRITES, STAFF),

    READ_SCIM(READS, ACCOUNT_ADMIN, STAFF),
    UPDATE_SCIM(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),
    CREATE_SCIM_TOKEN(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),
    REVOKE_SCIM_TOKEN(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),

    LIST_USERS(READS, ACCOUNT_ADMIN, STAFF),
    CREATE_USER(WRITES, ACCOUNT_ADMIN, STAFF),
    IMPORT_USERS(WRITES, ACCOUNT_ADMIN, STAFF),
    READ_IMPORT(READS, ACCOUNT_ADMIN, STAFF),
    CHANGE_USERS(WRITES, ACCOUNT_ADMIN, STAFF),
    READ_USER(READS, SELF, ACCOUNT_ADMIN, STAFF),
    /** Needs step-up if the email or username of another user changes, which only the use case knows. */
    UPDATE_USER(WRITES, SELF, ACCOUNT_ADMIN, STAFF),
    SET_PASSWORD(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),
    RESET_PASSWORD(WRITES, ACCOUNT_ADMIN, STAFF),
    SEND_INVITATION(WRITES, ACCOUNT_ADMIN, STAFF),
    REVOKE_INVITATION(WRITES, ACCOUNT_ADMIN, STAFF),
    DISABLE_USER(WRITES, ACCOUNT_ADMIN, STAFF),
    ENABLE_USER(WRITES, ACCOUNT_ADMIN, STAFF),
    UNLOCK_USER(WRITES, ACCOUNT_ADMIN, STAFF),
    LIST_SESSIONS(READS, SELF, ACCOUNT_ADMIN, STAFF),
    /** Step-up unless the sessions are the caller's own. */
    END_SESSIONS(WRITES_AFTER_STEP_UP, SELF, ACCOUNT_ADMIN, STAFF),
    LIST_ACTIVITY(READS, ACCOUNT_ADMIN, STAFF),
    LIST_TWO_FACTOR(READS, ACCOUNT_ADMIN, STAFF),
    DELETE_TWO_FACTOR(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),

    LINK_SCIM_USER(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),
    UNLINK_SCIM_USER(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),

    LIST_WISE_PAY_LINKS(READS, ACCOUNT_ADMIN, STAFF),
    LIST_DEACTIVATIONS_OF_USER(READS, ACCOUNT_ADMIN, STAFF),
    LIST_DEACTIVATIONS(READS, STAFF),
    RETRY_DEACTIVATION(WRITES, STAFF),
    RELEASE_DEACTIVATION(WRITES, STAFF),
    DISMISS_DEACTIVATION(WRITES, STAFF),
    RETRY_DEACTIVATIONS(WRITES, STAFF),
    LIST_LIFECYCLE_EVENTS(READS, STAFF),
    RESEND_LIFECYCLE_EVENTS(WRITES, STAFF),

    READ_AUTOTASK_ACCOUNT(READS, ACCOUNT_ADMIN, STAFF),
    PUT_AUTOTASK_ACCOUNT(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),
    DELETE_AUTOTASK_ACCOUNT(WRITES_AFTER_STEP_UP, ACCOUNT_ADMIN, STAFF),
    READ_AUTOTASK_SECRET(READS, CREDENTIAL_READER);

    /** The capacity in which a caller acts. */
    enum Who {
        /** Any user of the realm. */
        ANYONE,
        /** A user, on their own data. */
        SELF,
        /** An account-admin, within their account. */
        ACCOUNT_ADMIN,
        /** Wise-Sync support, or a service with the same rights, in every account. */
        STAFF,
        /** A service that is allowed to read stored Autotask passwords. */
        CREDENTIAL_READER
    }

    /** What a call does to its target. */
    enum Effect {
        READS,
        WRITES,
        WRITES_AFTER_STEP_UP
    }

    private final Effect effect;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of() is immutable.
    private final Set<Who> allowed;

    Call(Effect effect, Who... allowed) {
        this.effect = effect;
        this.allowed = Set.of(allowed);
    }

    boolean allows(Who who) {
        return allowed.contains(who);
    }

    boolean writes() {
        return effect != READS;
    }

    boolean needsStepUp() {
        return effect == WRITES_AFTER_STEP_UP;
    }
}
