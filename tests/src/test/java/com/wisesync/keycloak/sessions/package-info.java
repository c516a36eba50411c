/** Ending sessions on a real server. */
package com.wisesync.keycloak.sessions;
