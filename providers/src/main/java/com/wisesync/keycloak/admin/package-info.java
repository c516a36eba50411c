/**
 * The admin API: paths, representations, and permissions. {@link com.wisesync.keycloak.admin.Call} lists who may make
 * each call; {@code openapi.yaml}, at the root of the jar, describes the API.
 */
package com.wisesync.keycloak.admin;
