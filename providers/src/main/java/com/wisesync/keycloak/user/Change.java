package com.wisesync.keycloak.user;

/** A user before and after. */
public record Change(AccountUser before, AccountUser after) {}
