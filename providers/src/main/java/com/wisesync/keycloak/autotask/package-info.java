/**
 * The stored Autotask account of a user: a username people may see, and a password that one service may read and nobody
 * else ever. It is a credential of Keycloak's, so it goes with its user on export, import and deletion, but it logs nobody in.
 */
package com.wisesync.keycloak.autotask;
