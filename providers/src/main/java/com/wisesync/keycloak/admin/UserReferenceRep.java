package com.wisesync.keycloak.admin;

record UserReferenceRep(String id, String username) {}
