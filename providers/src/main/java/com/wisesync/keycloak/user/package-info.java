/**
 * Use cases on the users of an account, and the list of them. {@link com.wisesync.keycloak.user.UserServices} wires them. Each
 * change locks the account first and checks the committed state, so that concurrent changes run one after the other.
 */
package com.wisesync.keycloak.user;
