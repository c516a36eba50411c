/** Two nodes on one PostgreSQL: what one does, the other knows; what one leaves undone, the other does. */
package com.wisesync.keycloak.cluster;
