package com.wisesync.keycloak.user;

/** A user before and after a change. */
public record UserChange(AccountUser before, AccountUser after) {}
