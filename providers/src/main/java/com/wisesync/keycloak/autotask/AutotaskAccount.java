package com.wisesync.keycloak.autotask;

import java.time.Instant;

/** The readable part of a stored Autotask account, without the password. */
public record AutotaskAccount(String username, boolean passwordSet, Instant updatedAt) {}
