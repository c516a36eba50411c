package com.wisesync.keycloak.outbox;

import java.time.Instant;

/**
 * The right to attempt one entry for a limited time.
 *
 * @param token stored in the row; a holder that finds another token there has lost the lease
 * @param leasedAt when it was granted, which is the start of the attempt
 */
record Lease(String rowId, String token, Instant leasedAt, OutboxEntry entry) {}
