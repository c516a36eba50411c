package com.wisesync.keycloak.user;

/** A user before and after. */
public record UserChange(AccountUser before, AccountUser after) {}
