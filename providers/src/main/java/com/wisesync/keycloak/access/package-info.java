/** Whether a user may go on at all: who has no account, no role or a broken combination of them has no access. */
package com.wisesync.keycloak.access;
