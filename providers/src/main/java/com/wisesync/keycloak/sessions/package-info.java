/**
 * Ends the sessions of a user.
 */
package com.wisesync.keycloak.sessions;
