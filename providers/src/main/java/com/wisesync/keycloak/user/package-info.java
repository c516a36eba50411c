/** What can be done to a user of an account, and the list of them. */
package com.wisesync.keycloak.user;
