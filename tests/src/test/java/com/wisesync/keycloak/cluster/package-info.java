/** Two nodes on one PostgreSQL: each sees the other's changes at once, and completes the other's unfinished work. */
package com.wisesync.keycloak.cluster;
