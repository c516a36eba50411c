/** Lifecycle events to applications. */
package com.wisesync.keycloak.lifecycle;
