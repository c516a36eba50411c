/**
 * The admin API: paths, representations, and who may call. {@link com.wisesync.keycloak.admin.Call} is the table of it;
 * {@code openapi.yaml} at the root of the jar describes it to others.
 */
package com.wisesync.keycloak.admin;
