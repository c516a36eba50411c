/** Starts servers, a browser and a mailbox, for tests, the local run and the benchmark. */
package com.wisesync.keycloak.testing;
