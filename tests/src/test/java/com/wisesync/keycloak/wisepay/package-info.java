/** However a user is disabled, Wise-Pay is notified: tests on a real server. */
package com.wisesync.keycloak.wisepay;
