package com.wisesync.keycloak.admin;

/** Something about an account that somebody should see to. */
record WarningRep(String key, String message) {}
