package com.wisesync.keycloak.autotask;

import java.time.Instant;

/** What people may see of a stored Autotask account. */
public record AutotaskAccount(String username, boolean passwordSet, Instant updatedAt) {}
