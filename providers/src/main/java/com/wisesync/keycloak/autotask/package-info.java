/**
 * The stored Autotask account of a user: a username that is shown, and a password that only one service may read.
 * It is stored as a Keycloak credential, so export, import and deletion include it. It cannot be used to log in.
 */
package com.wisesync.keycloak.autotask;
