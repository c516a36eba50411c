package com.wisesync.keycloak.admin;

record AccountReferenceRep(String id, String name) {}
