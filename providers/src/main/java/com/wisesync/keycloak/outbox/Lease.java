package com.wisesync.keycloak.outbox;

import java.time.Instant;

/** The right to attempt one entry until a moment; after it, anybody may. The moment is also how the lease is told from another. */
record Lease(String rowId, Instant until, OutboxEntry entry) {}
