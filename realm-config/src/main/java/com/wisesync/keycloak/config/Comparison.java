package com.wisesync.keycloak.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A realm and the files it is compared with.
 *
 * @param files the merged files, with placeholders
 * @param realm the realm's admin API
 * @param values decides which values are changed
 */
record Comparison(ObjectNode files, RealmAdminClient realm, ManagedValues values) {}
