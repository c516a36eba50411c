/**
 * The activity log, read from Keycloak's user events and admin events.
 */
package com.wisesync.keycloak.activity;
